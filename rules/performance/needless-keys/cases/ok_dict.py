def find(name, table):
    return name in table or name in table.values() or name in table.items()
