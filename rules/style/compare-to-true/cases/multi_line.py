def outer(rows):
    def inner(row: dict, ready: bool):
        if (
            ready
            == True
        ):
            return [one for one in row]

    return inner
# output
def outer(rows):
    def inner(row: dict, ready: bool):
        if (
            ready
        ):
            return [one for one in row]

    return inner
