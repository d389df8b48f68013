def größen(werte):
    if not all([
        größe > 0  # positiv
        for größe in werte
    ]):
        return any(
            [wert for wert in werte],
        )
# output
def größen(werte):
    if not all(
        größe > 0  # positiv
        for größe in werte
    ):
        return any(
            wert for wert in werte
        )
