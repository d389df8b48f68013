def clean(rows):
    for row in rows:
        if row.old:
            rows.remove(row)
# output
def clean(rows):
    for row in list(rows):
        if row.old:
            rows.remove(row)
