def find(users, name):
    try:
        return users[name]
    except KeyError as err:
        if name:
            raise
        raise err
