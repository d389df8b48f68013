# expect: 3
def use(a, b):
    if a is a:
        return b < b
    return [one for one in b if (
        one["a"] > one["a"]
    )]
