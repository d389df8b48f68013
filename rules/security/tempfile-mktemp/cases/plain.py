import tempfile

path = tempfile.mktemp()
# output
import tempfile

path = tempfile.NamedTemporaryFile(delete=False).name
