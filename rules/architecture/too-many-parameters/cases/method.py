# expect: 2
class Plot:
    def __init__(self, a, b, c, d, e, f, g, h=1):
        self.a = a

    @staticmethod
    async def draw(a, b, /, c, d, e, f, g, h):
        return a
