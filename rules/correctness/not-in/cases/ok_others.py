def use(name, names):
    return not name == names or not (name in names and names) or not any(one in names for one in name)
