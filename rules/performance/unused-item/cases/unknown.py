def finde(benutzer):
    for name, _ in benutzer.größen.items():  # alle
        print(name)
# output
def finde(benutzer):
    for name in benutzer.größen:  # alle
        print(name)
