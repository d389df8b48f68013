class Order:
    def __init__(self, size: int):
        self.size = size

    def save(self, box: list):
        box.append(self)
