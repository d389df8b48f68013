class Größe(object):
    """Größe."""

    def __init__(self):
        self.wert = 1


def check():
    return Größe.__mro__[1:], Größe.__bases__, type(Größe), Größe().wert, Größe.__doc__
# output
class Größe:
    """Größe."""

    def __init__(self):
        self.wert = 1


def check():
    return Größe.__mro__[1:], Größe.__bases__, type(Größe), Größe().wert, Größe.__doc__
