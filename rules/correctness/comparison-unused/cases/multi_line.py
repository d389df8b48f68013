# expect: 1
def outer(order):
    def inner():
        (
            order.total  # of all
            == order.sum
        )

    return inner
