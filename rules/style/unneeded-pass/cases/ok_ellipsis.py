def go(x):
    """Say something."""
    ...


def passing(x):
    x.pass_()
    return "pass"
