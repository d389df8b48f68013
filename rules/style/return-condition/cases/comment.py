# expect: 1
def large(size, limit):
    if size > limit:
        # too large
        return True
    else:
        return False
