import builtins


def outer():
    def inner(value):
        if value: print(value); NotImplementedError()
        builtins.RuntimeError("x")

    return inner
# output
import builtins


def outer():
    def inner(value):
        if value: print(value); raise NotImplementedError()
        raise builtins.RuntimeError("x")

    return inner
