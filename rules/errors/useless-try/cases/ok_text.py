def save(order):
    try:
        "not a docstring"
        order.save()
    except OSError:
        raise
