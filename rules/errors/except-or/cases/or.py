def find(users, name):
    try:
        return users[name]
    except KeyError or ValueError:
        return None
# output
def find(users, name):
    try:
        return users[name]
    except (KeyError, ValueError):
        return None
