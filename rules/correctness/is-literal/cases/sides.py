def größe(wert):
    return -1 is wert or wert is [] or (
        wert is b"a".decode()  # kein Literal
    )
# output
def größe(wert):
    return -1 == wert or wert == [] or (
        wert is b"a".decode()  # kein Literal
    )
