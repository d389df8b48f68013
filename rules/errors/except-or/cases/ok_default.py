def find(users, name, errors):
    try:
        return users[name]
    except errors or ():
        return None
    except tuple(errors) or (ValueError,):
        return None
