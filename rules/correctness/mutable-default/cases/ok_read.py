def total(values=[], names={}):
    for value in values:
        print(value)
    return sum(values), names.get("a"), len(names)
