def kind(value):
    return type(value) == str
# output
def kind(value):
    return type(value) is str
