def outer(rows):
    def inner(row):
        if (
            row["ready"]
            == True
        ):
            return [one for one in row]

    return inner
# output
def outer(rows):
    def inner(row):
        if (
            row["ready"]
        ):
            return [one for one in row]

    return inner
