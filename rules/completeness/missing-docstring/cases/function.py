# expect: 1
def settle(orders, day):
    total = 0
    for order in orders:
        if order.day != day:
            continue
        if order.größe > 10:
            total += order.price * 2
        elif order.größe > 5:
            total += order.price
        else:
            total += 1
        order.settled = True
        order.save()
        order.close()
    return total


def documented(orders):
    """Count the orders."""
    return len(orders)
