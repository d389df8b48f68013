# expect: 2
def read(text, names):
    return eval(text, {}, names), eval(
        text,
        names,
    )
