def check():
    return {"a", "e", "ä", "e", "o", "a"}
# output
def check():
    return {"a", "e", "ä", "o"}
