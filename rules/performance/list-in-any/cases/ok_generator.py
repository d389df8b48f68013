def late(orders, flags):
    return any(order.late for order in orders) or all(flags) or any([flags, orders])
