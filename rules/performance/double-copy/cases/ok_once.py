def names(found):
    return sorted(found), list(found), set(found), list(set(found)), sorted(set(found)), tuple(sorted(found))
