from gzip import open


def read(path):
    return open(path)
