# expect: 1
class Order:
    größe = 0

    def one(self):
        return 1

    def two(self):
        return 2

    def three(self):
        return 3

    def four(self):
        # four
        return 4


def documented(orders):
    """Count the orders."""
    return len(orders)
