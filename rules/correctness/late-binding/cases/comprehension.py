def make(names):
    def inner():
        return [lambda value: value * factor for factor in names]

    return inner, {name: lambda: name for name in names}
# output
def make(names):
    def inner():
        return [lambda value, factor=factor: value * factor for factor in names]

    return inner, {name: lambda name=name: name for name in names}
