class NotImplemented(Exception):
    pass


def area(shape):
    raise NotImplemented("area")
