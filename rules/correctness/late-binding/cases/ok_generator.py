def make(names):
    for name in names:
        yield lambda: print(name)
    for name in names:
        names.last = lambda: print(name)
        break
