# expect: 2
def use(rows):
    return [row for row in rows if len(row) > -1], lambda: len(rows) == -1
