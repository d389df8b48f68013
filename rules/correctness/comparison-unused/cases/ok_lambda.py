def make(rows):
    rows.sort(key=lambda row: row == 1)
    [row == 1 for row in rows]
    rows.filter(rows.a == 1)
