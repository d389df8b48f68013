def save(order):
    try:
        order.save()
    except KeyboardInterrupt:
        raise
    except BaseException:
        order.failed = True
