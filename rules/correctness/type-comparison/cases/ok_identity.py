def kind(value):
    return type(value) is str or isinstance(value, int)
