def make(names, prefix):
    made = []
    for name in names:
        made.append(lambda: print(prefix))
    return made
