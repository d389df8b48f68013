def use(rows):
    return len(rows) > 0 or len(rows) == 0 or 0 < len(rows) or len(rows) <= 0
