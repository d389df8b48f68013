def find(users, name):
    try:
        return users[name]
    except KeyError:
        return name or None
