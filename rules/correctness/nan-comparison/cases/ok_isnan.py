import math


def clean(x):
    return math.isnan(x) or x != x
