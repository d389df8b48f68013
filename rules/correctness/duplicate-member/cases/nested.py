def outer(value):
    def inner():
        return value in {"größe", "b", "größe"} or {value, 1, 2, 1}

    return inner
# output
def outer(value):
    def inner():
        return value in {"größe", "b"} or {value, 1, 2}

    return inner
