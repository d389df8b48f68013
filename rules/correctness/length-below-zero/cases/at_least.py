# expect: 2
def use(rows):
    if len(rows) >= 0:
        return rows
    return len(rows) < 0
