from tempfile import mktemp as name


def one():
    return name()
# output
import tempfile


def one():
    return tempfile.NamedTemporaryFile(delete=False).name
