def large(size, limit, log):
    if size > limit:
        log(size)
        return True
    else:
        return False


def early(size, limit):
    if size > limit:
        return True
    return False
