def mktemp():
    return "own"


print(mktemp())
