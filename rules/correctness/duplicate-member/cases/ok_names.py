def make(a, b, more):
    return {a, b, a, *more, *more}
