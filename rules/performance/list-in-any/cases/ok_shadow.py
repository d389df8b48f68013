from numpy import any


def late(orders, all):
    return any([order.late for order in orders]) or all([order.late for order in orders])
