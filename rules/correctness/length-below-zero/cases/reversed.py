# expect: 2
def größe(zeilen):
    return 0 <= len(zeilen) or 0 > len(
        zeilen.alle()  # immer
    )
