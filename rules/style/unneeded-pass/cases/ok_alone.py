class NotFound(Exception):
    pass


def go(x):
    if x:
        pass
    else:
        return 1
