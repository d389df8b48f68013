def use(rows):
    return rows.find("a") >= 0 or rows.length < 0 or len(rows) - 1 >= 0
