def make(n, keys):
    row = [0] * n
    names = [("a", 1)] * n
    both = [None, []] * n
    table = dict.fromkeys(keys, 0)
    return row, names, both, table, dict.fromkeys(keys)
