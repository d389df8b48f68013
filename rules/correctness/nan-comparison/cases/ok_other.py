import math


class Food:
    nan = "bread"


def clean(x):
    return x == Food.nan or x is math.nan or x < math.inf
