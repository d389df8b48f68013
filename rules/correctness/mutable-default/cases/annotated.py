class Kiste:
    def __init__(self, größe: int, *, inhalt: dict[str, int] = {}) -> None:
        # größe in cm
        self.größe = größe
        self.inhalt = inhalt
# output
class Kiste:
    def __init__(self, größe: int, *, inhalt: dict[str, int] | None = None) -> None:
        if inhalt is None:
            inhalt = {}
        # größe in cm
        self.größe = größe
        self.inhalt = inhalt
