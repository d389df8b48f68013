class Base:
    def __init__(self, größe):
        self.größe = größe

    @classmethod
    def make(cls):
        return cls(3)


class Order(Base):
    def __init__(self, größe):
        super(Order, self).__init__(größe)

    @classmethod
    def make(cls):
        return super(Order, cls).make()


class Special(Order):
    pass


def check():
    return Order(1).größe, type(Special.make()).__name__, Special(2).größe
# output
class Base:
    def __init__(self, größe):
        self.größe = größe

    @classmethod
    def make(cls):
        return cls(3)


class Order(Base):
    def __init__(self, größe):
        super().__init__(größe)

    @classmethod
    def make(cls):
        return super().make()


class Special(Order):
    pass


def check():
    return Order(1).größe, type(Special.make()).__name__, Special(2).größe
