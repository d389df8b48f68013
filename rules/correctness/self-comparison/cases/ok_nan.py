def is_nan(x):
    return x != x or not x == x
