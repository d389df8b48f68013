def clean(x):
    return x == "nan" or x == float("inf") or float(x) == 1.0
