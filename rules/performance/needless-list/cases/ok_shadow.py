from own import set


def names(users, dict):
    return set([user for user in users]), dict([(user, 1) for user in users]), users.list([user for user in users])
