def last(rows, order):
    return sorted(rows, key=len)[-1], sorted(rows, reverse=order)[0]
