import typing as t


@t.overload
def settle(
    orders: list[int],
    day: int,
    one: int,
    two: int,
    three: int,
    four: int,
    five: int,
    six: int,
    seven: int,
    eight: int,
    nine: int,
    ten: int,
    eleven: int,
) -> int: ...
