def prüfen(größe):
    if not größe:
        TypeError(
            "größe",  # fehlt
        )
    return größe
# output
def prüfen(größe):
    if not größe:
        raise TypeError(
            "größe",  # fehlt
        )
    return größe
