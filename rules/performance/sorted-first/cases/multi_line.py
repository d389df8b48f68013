def outer(rows):
    def inner():
        return sorted(
            (row for row in rows),
            key=len,  # by length
        )[0]

    return [sorted(row, reverse=True)[-1] for row in inner()]
# output
def outer(rows):
    def inner():
        return min(
            (row for row in rows),
            key=len,  # by length
        )

    return [min(row) for row in inner()]
