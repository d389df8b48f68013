def check():
    table = {"a": 1, "größe": 2}
    found = [key for key in table.keys()]
    for key in table.keys():
        found.append(key.upper())
    return found, "a" in table.keys(), "b" not in table.keys()
# output
def check():
    table = {"a": 1, "größe": 2}
    found = [key for key in table]
    for key in table:
        found.append(key.upper())
    return found, "a" in table, "b" not in table
