def größe(wert: int, *rest: str, **options: int):  # neu
    def inner():
        return 1

    print(wert, rest, options, inner, lambda: wert)
# output
def größe(wert: int, *rest: str, **options: int) -> None:  # neu
    def inner():
        return 1

    print(wert, rest, options, inner, lambda: wert)
