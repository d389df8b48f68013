SENTINEL = object()
EMPTY = "x"


def check_value(value):
    return value is SENTINEL or value is EMPTY or value is not str
