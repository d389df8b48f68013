def use(value):
    return value
    """What was tried before, and why it went."""
