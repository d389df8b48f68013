def plot(a, b, c, d, e, f, g):
    return a


class Plot:
    def draw(self, a, b, c, d, e, f, g):
        return a

    @classmethod
    def make(cls, a, b, c, d, e, f, g):
        return a
