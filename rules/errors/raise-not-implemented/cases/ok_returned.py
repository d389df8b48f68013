class Money:
    def __add__(self, other):
        return NotImplemented
