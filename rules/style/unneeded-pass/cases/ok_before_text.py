def go(x):
    pass
    "not a docstring"


class Order:
    pass; "not a docstring either"
