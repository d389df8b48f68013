def go(x):
    assert (x > 0, "x must be positive")
    assert(x, f"größe {x}")
# output
def go(x):
    assert x > 0, "x must be positive"
    assert x, f"größe {x}"
