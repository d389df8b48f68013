class Auftrag:
    def __init__(self, größe: int, *rest: str, **options: int):  # neu
        self.größe = größe
        self.made = lambda: größe

        def inner():
            return 1

        self.inner = inner
# output
class Auftrag:
    def __init__(self, größe: int, *rest: str, **options: int) -> None:  # neu
        self.größe = größe
        self.made = lambda: größe

        def inner():
            return 1

        self.inner = inner
