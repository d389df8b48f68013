def make(names):
    made = []
    for name in names:
        def bind(name):
            made.append(lambda: print(name))

        bind(name)
    return made
