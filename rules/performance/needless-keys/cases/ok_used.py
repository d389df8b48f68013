def find(table, other):
    names = table.keys()
    return table.keys() & other.keys(), sorted(table.keys()), list(table.keys()), names
