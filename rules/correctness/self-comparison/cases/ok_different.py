def use(a, b):
    return a.x == b.x or a["x"] > a["y"] or a.x == a.x.real or a < b < a
