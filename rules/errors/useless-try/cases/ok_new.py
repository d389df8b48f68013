def save(order):
    try:
        order.save()
    except OSError as error:
        raise error
    try:
        order.save()
    except OSError:
        order.failed = True
        raise
