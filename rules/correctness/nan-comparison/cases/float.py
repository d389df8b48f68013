def clean(x):
    if x == float("nan"):
        return 0
    return x
# output
import math


def clean(x):
    if math.isnan(x):
        return 0
    return x
