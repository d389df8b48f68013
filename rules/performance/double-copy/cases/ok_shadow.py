from own import sorted


def names(found, list):
    return sorted(list(found)), list(tuple(found))
