def use(rows):
    first = any([row.name
                 for row in rows])
    return first, all(
        [
            row.name
            for row in rows
        ]
    )
# output
def use(rows):
    first = any(row.name
                for row in rows)
    return first, all(
        row.name
        for row in rows
    )
