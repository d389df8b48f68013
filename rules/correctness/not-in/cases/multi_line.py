def use(name, names, other):
    return other and not (
        name
        in names
    )
# output
def use(name, names, other):
    return other and (
        name
        not in names
    )
