# expect: 2
def größen():
    return {
        1: "a",  # eins
        True: "b",
        "ä": 2,
        1.0: "c",
    }
