def check_order(order):
    assert order.total == 1
    valid = order.total == 1
    print(order.total == 1)
    return order.total == 1 and valid
