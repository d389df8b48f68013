def make(object):
    class Order(object):
        pass

    return Order


class Third(object.__class__):
    pass
