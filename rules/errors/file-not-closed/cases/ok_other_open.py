from urllib.request import urlopen

from archive import open


def use(path, opener):
    opener.open(path).read()
    return open(path).read(), urlopen(path).read()
