def find(users, name):
    try:
        user = users[name]
    except KeyError:
        user = None
    else:
        raise LookupError(name)
    if user is None:
        raise LookupError(name)
