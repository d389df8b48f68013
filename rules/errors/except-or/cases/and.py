def find(users, name):
    def inner():
        try:
            return users[name]
        except KeyError and TypeError:
            return None

    return inner
# output
def find(users, name):
    def inner():
        try:
            return users[name]
        except (KeyError, TypeError):
            return None

    return inner
