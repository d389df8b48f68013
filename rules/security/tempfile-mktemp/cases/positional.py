import tempfile as tmp


def größe():
    return tmp.mktemp(".txt", "größe", dir="/tmp")
# output
import tempfile as tmp


def größe():
    return tmp.NamedTemporaryFile(suffix=".txt", prefix="größe", dir="/tmp", delete=False).name
