def kind(value, type):
    return type(value) == str
