def größen(werte):
    return sorted(
        list(werte),  # alle
        key=lambda wert: wert.größe,
    ), list(
        sorted(werte)
    )
# output
def größen(werte):
    return sorted(
        werte,  # alle
        key=lambda wert: wert.größe,
    ), sorted(werte)
