def clean(rows):
    for row in rows:
        rows = set(rows)
        rows.discard(row)
