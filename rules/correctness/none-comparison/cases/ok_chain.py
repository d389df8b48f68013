def find(a, b):
    return a == b == None
