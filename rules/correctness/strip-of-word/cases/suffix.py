def stem(name):
    return name.rstrip(".py")
# output
def stem(name):
    return name.removesuffix(".py")
