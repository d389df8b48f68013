def names(users):
    return dict([user.pair for user in users]), dict([(*user, 1) for user in users]), tuple([user for user in users])
