def find(users, name):
    try:
        return users[name]
    except KeyError:
        def later():
            raise LookupError(name)

        return later
