class Order(dict):
    def go(self):
        def inner():
            return super(Order, self).keys()

        return inner, [super(Order, self).get(one) for one in self], lambda: super(Order, self).clear()
