def gehe(größe, bereit):
    assert False != größe.bereit, "größe"
    if größe and (bereit == False or not bereit() == True):
        return 1 if bereit.a == False else 2
# output
def gehe(größe, bereit):
    assert größe.bereit, "größe"
    if größe and (not bereit or not bereit()):
        return 1 if not bereit.a else 2
