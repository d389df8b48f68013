def plot(a, b, *, c, d, e, f, g, h, i, j):
    return a


def other(a, b, *args, c, d, e, f, g, h, **options):
    return a
