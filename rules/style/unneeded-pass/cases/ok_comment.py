def go(x):
    print(x)
    pass  # nothing else for now


def other(x):
    print(x)
    # the rest comes later
    pass
