class Base(dict):
    pass


class Order(Base):
    def __init__(self):
        super(Base, self).__init__()
        super().update()
