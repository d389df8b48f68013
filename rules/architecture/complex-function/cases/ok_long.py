def settle(a):
    a.one()
    a.two()
    a.three()
    a.four()
    a.five()
    return {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7}
