def read(text):
    return eval(text)
# output
import ast


def read(text):
    return ast.literal_eval(text)
