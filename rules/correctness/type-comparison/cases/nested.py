def outer(values):
    def inner(value):
        return not type(value)==list

    return lambda value: type(value) == float and inner(value)
# output
def outer(values):
    def inner(value):
        return type(value) is not list

    return lambda value: type(value) is float and inner(value)
