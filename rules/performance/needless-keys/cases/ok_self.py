class Table:
    def __contains__(self, name):
        return name in self.keys()

    def __iter__(self):
        for name in super().keys():
            yield name
