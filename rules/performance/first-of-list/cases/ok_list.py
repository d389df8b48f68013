def first(users):
    users = list(users)
    return users[0], [users][0], tuple(users)[0]
