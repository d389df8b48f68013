def large(size, limit):
    return size > limit
