def go(x):
    assert (x, 1) == (1, x)
    assert x in (1, 2)
