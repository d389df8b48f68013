def use(name, names):
    return name not in names and name is not None
