def find(result):
    if result == None:
        return 1
    return result != None
# output
def find(result):
    if result is None:
        return 1
    return result is not None
