def go(x):
    assert x > 0, "positive"
    assert x > 0, ("positive", x)
