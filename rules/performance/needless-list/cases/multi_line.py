def größen(werte):
    return set([
        wert.größe  # in cm
        for wert in werte
    ]), dict(
        [
            (wert, 1)
            for wert in werte
        ],
    )
# output
def größen(werte):
    return {
        wert.größe  # in cm
        for wert in werte
    }, {
        wert: 1
        for wert in werte
    }
