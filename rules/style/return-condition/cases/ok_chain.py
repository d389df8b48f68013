def large(size, limit):
    if size > limit:
        return True
    elif size < 0:
        return True
    else:
        return False
