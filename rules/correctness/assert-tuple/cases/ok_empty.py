def go(x):
    assert ()
    assert (*x,)
