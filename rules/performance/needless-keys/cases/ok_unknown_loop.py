def find(row, tree):
    for name in row.keys():
        print(name, tree.keys("a"))
    return [name for name in row.keys()], "a" in tree.keys("b")
