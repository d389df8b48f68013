import ast
import os


def read():
    def inner(größe):
        return eval(os.environ["A"]) + eval(f"[{größe}]")

    return inner
# output
import ast
import os


def read():
    def inner(größe):
        return ast.literal_eval(os.environ["A"]) + ast.literal_eval(f"[{größe}]")

    return inner
