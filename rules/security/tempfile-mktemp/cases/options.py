# expect: 1
from tempfile import mktemp


def one(options):
    return mktemp(**options)
