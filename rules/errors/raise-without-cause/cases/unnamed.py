def find(users, name):
    try:
        return users[name]
    except KeyError:
        raise LookupError(name)
# output
def find(users, name):
    try:
        return users[name]
    except KeyError as err:
        raise LookupError(name) from err
