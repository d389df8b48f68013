def use(name, names):
    value = [not(name in names), (not name is names)]
    assert not name in names, "größe"
    return not(name in names)or value
# output
def use(name, names):
    value = [name not in names, (name is not names)]
    assert name not in names, "größe"
    return (name not in names)or value
