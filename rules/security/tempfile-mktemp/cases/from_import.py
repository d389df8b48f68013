# expect: 2
from tempfile import mktemp as name


def both(options):
    return name(), name(**options)
