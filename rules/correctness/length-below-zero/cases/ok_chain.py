def use(rows, limit):
    return 0 <= len(rows) < limit
