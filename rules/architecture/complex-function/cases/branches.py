# expect: 1
def größe(a):
    if a == 1: return 1
    if a == 2: return 1
    if a == 3: return 1
    if a == 4: return 1
    if a == 5: return 1
    if a == 6: return 1
    if a == 7: return 1
    if a == 8: return 1
    if a == 9: return 1
    if a == 10: return 1
    if a == 11: return 1
    if a == 12: return 1
    if a == 13: return 1
    if a == 14: return 1
    if a == 15: return 1
    if a == 16: return 1
    if a == 17: return 1
    if a == 18: return 1
    if a == 19: return 1
    if a == 20: return 1
    return 0
