def outer(users):
    def inner():
        return list(
            users
        )[0]

    return [list(user)[0] for user in inner()]
# output
def outer(users):
    def inner():
        return next(iter(users))

    return [next(iter(user)) for user in inner()]
