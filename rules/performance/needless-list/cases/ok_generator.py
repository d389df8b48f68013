def names(users):
    return set(user.name for user in users), dict((user, 1) for user in users), list(user for user in users)
