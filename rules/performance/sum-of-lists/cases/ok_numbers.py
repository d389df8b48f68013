def total(values):
    return sum(values), sum(values, 0), sum(values, start=1), sum(values, [0])
