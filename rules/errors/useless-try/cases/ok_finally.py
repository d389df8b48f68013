def save(order):
    try:
        order.save()
    except OSError:
        raise
    finally:
        order.close()
