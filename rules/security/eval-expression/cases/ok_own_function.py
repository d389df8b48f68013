def eval(tree):
    return tree


def read(text):
    return eval(text)
