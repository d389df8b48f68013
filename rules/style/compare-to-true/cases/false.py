def gehe(größe, *, bereit=True, fertig=False):
    gültig = größe > 3
    assert False != gültig, "größe"
    if größe and (bereit == False or not fertig == True):
        return 1 if fertig == False else 2
# output
def gehe(größe, *, bereit=True, fertig=False):
    gültig = größe > 3
    assert gültig, "größe"
    if größe and (not bereit or not fertig):
        return 1 if not fertig else 2
