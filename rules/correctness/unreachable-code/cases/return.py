# expect: 1
def total(values):
    return sum(values)
    print("größe")
    print("done")
