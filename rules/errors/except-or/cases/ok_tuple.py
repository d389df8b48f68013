def find(users, name):
    try:
        return users[name]
    except (KeyError, ValueError):
        return None
