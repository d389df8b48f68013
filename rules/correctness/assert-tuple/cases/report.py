# expect: 3
def go(x, y):
    assert (x, y)
    assert x, y == (1, 2)
    assert (x,)
    assert (
        x,  # why
        "text",
    )
