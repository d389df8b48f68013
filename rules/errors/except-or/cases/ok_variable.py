def find(users, name, errors):
    try:
        return users[name]
    except errors:
        return None
