class Order:
    def one(self, a):
        return a and a or a and a or a and a or a and a or a and a

    def two(self, a):
        return a and a or a and a or a and a or a and a or a and a

    def three(self, a):
        return a and a or a and a or a and a or a and a or a and a
