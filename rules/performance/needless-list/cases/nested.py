async def outer(rows):
    def inner(row):
        return set([frozenset(set([cell for cell in line])) for line in row])

    return inner, set([await row for row in rows])
# output
async def outer(rows):
    def inner(row):
        return {frozenset({cell for cell in line}) for line in row}

    return inner, {await row for row in rows}
