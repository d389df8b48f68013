def remove_first(rows, mapping):
    for row in rows:
        if row.old:
            rows.remove(row)
            break
    for key in mapping:
        if key:
            del mapping[key]
            return key
