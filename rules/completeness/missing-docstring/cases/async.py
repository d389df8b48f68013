# expect: 1
import cli


@cli.command()
async def settle(
    orders,
    day,
    *,
    price,
    name,
):
    # no docstring
    for order in orders:
        order.day = day
        order.price = price
        await order.save()
        await order.close()
        print(order)
    return orders


def documented(orders):
    """Count the orders."""
    return len(orders)
