# expect: 1
def outer():
    def inner(
        a,
        b,
        c,  # third
        d,
        e,
        f,
        g,
        h,
    ):
        return a

    return inner
