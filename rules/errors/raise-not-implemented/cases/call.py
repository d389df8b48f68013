class Form:
    def fläche(self):
        raise NotImplemented("fläche")  # später
# output
class Form:
    def fläche(self):
        raise NotImplementedError("fläche")  # später
