def names(found):
    return set(sorted(found)), list(reversed(list(found))), dict(list(found)), list(enumerate(list(found)))
