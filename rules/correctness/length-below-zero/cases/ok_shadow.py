def use(rows, len):
    return len(rows) < 0
