def mode(value):
    if value is "read":
        return 1
    return value is not 5
# output
def mode(value):
    if value == "read":
        return 1
    return value != 5
