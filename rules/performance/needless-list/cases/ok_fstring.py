def names(users):
    return f"{set([user for user in users])}" + f"{dict([(user, 1) for user in users])!r:>10}"
