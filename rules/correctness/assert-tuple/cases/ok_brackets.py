def go(x):
    assert (x > 0)
    assert (
        x > 0
        and x < 3
    ), "range"
