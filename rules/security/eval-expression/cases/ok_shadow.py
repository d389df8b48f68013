def read(text, eval):
    return eval(text)
