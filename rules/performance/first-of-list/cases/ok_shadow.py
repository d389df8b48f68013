def first(users, list):
    return list(users)[0]
