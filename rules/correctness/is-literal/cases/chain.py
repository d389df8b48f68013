def check_all(a, b):
    return a is b is 3 and [one for one in b if one is  not "x"]
# output
def check_all(a, b):
    return a is b == 3 and [one for one in b if one != "x"]
