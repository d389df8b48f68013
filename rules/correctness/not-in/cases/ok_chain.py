def use(name, names, others):
    return not name in names in others
