def one(x: int):
    if x:
        return 1
    return None


def two(x: int):
    yield x


def three(x: int) -> None:
    print(x)
