def large(size, limit):
    if size > limit:
        return True
    else:
        return None


def other(size, limit):
    if size > limit:
        return 1
    else:
        return 0
