def one(x):
    print(x)


def two():
    print(1)


def three(x: int, y):
    print(x, y)


class Order:
    def __init__(self):
        self.x = 1

    def save(self, x: int):
        self.x = x
