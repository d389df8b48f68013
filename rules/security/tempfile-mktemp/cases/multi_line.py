import tempfile

path = tempfile.mktemp(
    suffix=".txt",  # a text
)
# output
import tempfile

path = tempfile.NamedTemporaryFile(
    suffix=".txt",  # a text
    delete=False,
).name
