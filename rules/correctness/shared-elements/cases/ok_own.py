def make(n, keys):
    rows = [[] for _ in range(n)]
    table = {key: [] for key in keys}
    return rows, table
