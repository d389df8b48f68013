def make(names, button):
    for name in names:
        button.on = lambda: print(name)
        button["x"] = lambda: print(name)
