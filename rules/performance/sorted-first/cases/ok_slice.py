def some(dates):
    return sorted(dates)[:1], sorted(dates)[1], sorted(dates)[-2], sorted(dates)[len(dates) // 2]
