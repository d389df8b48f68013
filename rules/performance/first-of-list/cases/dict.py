def first(users):
    return list(users)[0], list(users.values())[0].name
# output
def first(users):
    return next(iter(users)), next(iter(users.values())).name
