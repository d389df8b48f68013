def make(a, b):
    return {a: 1, b: 2, a: 3, f"{a}": 4}
