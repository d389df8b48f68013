def check():
    names = ["a", "größe"]
    found = []
    for name in ("a", "b"):
        if not name in names:
            found.append(name)
        if not (name in names) and not name is None:
            found.append(name.upper())
    return found
# output
def check():
    names = ["a", "größe"]
    found = []
    for name in ("a", "b"):
        if name not in names:
            found.append(name)
        if name not in names and name is not None:
            found.append(name.upper())
    return found
