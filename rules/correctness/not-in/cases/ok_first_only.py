def use(name, names):
    return (not name) in names
