class Order(dict):
    def go(self, other):
        self = other
        return super(Order, self).keys()

    @staticmethod
    def other(self):
        return super(Order, self).keys()


class Third(dict):
    def go(self):
        return super(Third, self).keys()


Third = Order
