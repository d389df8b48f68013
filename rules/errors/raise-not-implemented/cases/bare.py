class Shape:
    def area(self):
        raise NotImplemented
# output
class Shape:
    def area(self):
        raise NotImplementedError
