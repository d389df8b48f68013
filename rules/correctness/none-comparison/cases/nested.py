def find(values, log):
    def inner(value):
        return lambda: value.get("a") == None

    log([inner(value) for value in values if value==None])
# output
def find(values, log):
    def inner(value):
        return lambda: value.get("a") is None

    log([inner(value) for value in values if value is None])
