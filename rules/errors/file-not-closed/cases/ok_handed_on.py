import contextlib


def use(path, stack):
    stack.enter_context(open(path))
    with contextlib.closing(open(path)) as file:
        file.read()
    return open(path)
