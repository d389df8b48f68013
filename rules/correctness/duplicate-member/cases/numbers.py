def check():
    return [sorted(map(repr, {1, True, 2.0, 2})), {"x",
        "y",
        "x",
    }]
# output
def check():
    return [sorted(map(repr, {1, 2.0})), {"x",
        "y",
    }]
