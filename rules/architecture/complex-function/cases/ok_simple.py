def settle(a):
    if a:
        return 1
    return [b for b in a if b]
