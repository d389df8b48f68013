# expect: 2
class Range:
    def empty(self):
        return self.start >= self.start or self.größe == self.größe
