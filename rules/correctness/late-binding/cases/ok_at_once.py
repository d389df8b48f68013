def make(rows):
    result = []
    for key in rows:
        result.append(sorted(rows, key=lambda row: row[key]))
        result.append(max(rows, key=lambda row: row[key]))
        result.extend(map(lambda row: row[key], rows))
    return result
