import dataclasses


@dataclasses.dataclass(slots=True)
class Order(dict):
    def go(self):
        return super(Order, self).keys()


class Meta(dict, metaclass=type):
    def go(self):
        return super(Meta, self).keys()
