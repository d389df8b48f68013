def large(size, limit):
    if size > limit:
        return True
    else:
        return False
# output
def large(size, limit):
    return size > limit
