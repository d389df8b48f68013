def find(name, tables):
    return name in (
        tables
        .get("a")
        .keys()
    ) and (lambda: name in tables.keys())
# output
def find(name, tables):
    return name in (
        tables
        .get("a")
    ) and (lambda: name in tables)
