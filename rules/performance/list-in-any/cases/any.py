def late(orders):
    return any([order.late for order in orders]) and all([order for order in orders if order.paid])
# output
def late(orders):
    return any(order.late for order in orders) and all(order for order in orders if order.paid)
