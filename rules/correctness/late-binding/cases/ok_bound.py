def make(names):
    made = []
    for name in names:
        made.append(lambda name=name: print(name))
        made.append(lambda name: print(name))
    return made
