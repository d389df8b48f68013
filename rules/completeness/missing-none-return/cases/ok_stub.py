def one(x: int):
    raise NotImplementedError


def two(x: int):
    """Say something."""


def three(x: int): ...


def four(x: int):
    pass
