import contextlib


def comparable(a, b):
    try:
        a < b
    except TypeError:
        return False
    with contextlib.suppress(TypeError):
        a > b
    return True
