def save(order):
    try:
        order.save()
    except OSError:
        raise
    else:
        order.saved = True
