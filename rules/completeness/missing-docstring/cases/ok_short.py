def settle(orders):
    return sum(order.price for order in orders)


class Order:
    size = 0
