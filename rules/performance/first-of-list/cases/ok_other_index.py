def some(users, n):
    return list(users)[1], list(users)[-1], list(users)[0:1], list(users)[n]
