err = print


def one(users, name):
    try:
        return users[name]
    except KeyError as err:
        raise LookupError(name) from err


def two(users, name):
    try:
        return int(users[name])
    except KeyError:
        raise LookupError(name)
    except ValueError:
        raise TypeError(name)


def three(users, name):
    try:
        return users[name]
    except KeyError:
        err(name)
        raise LookupError(name)
# output
err = print


def one(users, name):
    try:
        return users[name]
    except KeyError as err:
        raise LookupError(name) from err


def two(users, name):
    try:
        return int(users[name])
    except KeyError as err:
        raise LookupError(name) from err
    except ValueError as err:
        raise TypeError(name) from err


def three(users, name):
    try:
        return users[name]
    except KeyError as error:
        err(name)
        raise LookupError(name) from error
