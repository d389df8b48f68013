# expect: 1
def use(name, names):
    return not (
        name in names  # by name
    )
