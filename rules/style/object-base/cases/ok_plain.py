class Order:
    pass


class Other():
    base = object
