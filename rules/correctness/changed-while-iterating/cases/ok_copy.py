def clean(rows, mapping):
    for row in list(rows):
        rows.remove(row)
    for row in rows[:]:
        rows.remove(row)
    for row in rows.copy():
        rows.remove(row)
    for key in sorted(mapping):
        del mapping[key]
