# expect: 3
def prüfen(größe, namen):
    größe > 0
    if größe:
        "a" in namen; größe is None
