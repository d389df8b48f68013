def check():
    users = {"a": 1, "größe": 2}
    found = []
    for name, _ in users.items():
        found.append(name)
    for _, value in users.items():
        found.append(value)
    return found
# output
def check():
    users = {"a": 1, "größe": 2}
    found = []
    for name in users:
        found.append(name)
    for value in users.values():
        found.append(value)
    return found
