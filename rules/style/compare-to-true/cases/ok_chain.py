def go(a: bool, b: bool):
    if a == b == True:
        return 1
    if (a == True) == b:
        return 2
