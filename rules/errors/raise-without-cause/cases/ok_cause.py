def find(users, name):
    try:
        return users[name]
    except KeyError as err:
        raise LookupError(name) from err
    except TypeError:
        raise LookupError(name) from None
