def clean(rows, others, queue):
    for row in rows:
        others.remove(row)
        row.items.pop()
        rows.selected.clear()
        queue[row].remove(row)
