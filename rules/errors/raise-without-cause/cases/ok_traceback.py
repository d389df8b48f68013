def find(users, name):
    try:
        return users[name]
    except KeyError as err:
        raise LookupError(name).with_traceback(err.__traceback__)
    except TypeError as err:
        raise convert(err)
