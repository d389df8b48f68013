def text(path):
    return open(path).read()
# output
from pathlib import Path


def text(path):
    return Path(path).read_text()
