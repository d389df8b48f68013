def names(found, rest):
    return sorted(list(*found)), list(list()), sorted(list(found), key=found.pop()), max(list(found), 1)
