def settle(orders, day):
    total = 0
    for order in orders:
        if order.day != day:
            continue
        if order.size > 10:
            total += order.price * 2
        elif order.size > 5:
            total += order.price
        else:
            total += 1
        order.settled = True
        order.save()
        order.close()
    return total
