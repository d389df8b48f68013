import builtins


def outer(rows):
    def inner(row):
        return any([all([cell for cell in line]) for line in row])

    return builtins.any([inner(row) for row in rows])
# output
import builtins


def outer(rows):
    def inner(row):
        return any(all(cell for cell in line) for line in row)

    return builtins.any(inner(row) for row in rows)
