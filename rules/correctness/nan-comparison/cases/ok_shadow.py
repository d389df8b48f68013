def clean(x, math, float):
    return x == math.nan or x == float("nan")
