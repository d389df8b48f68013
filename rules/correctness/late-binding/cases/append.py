def make(names):
    made = []
    for name in names:
        made.append(lambda: print(name))
    return made
# output
def make(names):
    made = []
    for name in names:
        made.append(lambda name=name: print(name))
    return made
