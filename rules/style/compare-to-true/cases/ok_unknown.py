def go(key=None, path="", *, settings):
    if key == True:
        return 1
    if path == False or settings["a"] == True:
        return 2
