def outer(rows):
    def inner(row):
        return set(set(row))

    return [tuple(tuple(inner(row))) for row in list(list(rows))]
# output
def outer(rows):
    def inner(row):
        return set(row)

    return [tuple(inner(row)) for row in list(rows)]
