# expect: 1
def outer(config):
    def inner():
        return lambda: config.limits.upper != config.limits.upper  # oops

    return inner
