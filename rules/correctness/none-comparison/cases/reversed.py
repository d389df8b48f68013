def finde(größe):
    return None == größe.wert or (
        None
        != größe["a"]
    )
# output
def finde(größe):
    return größe.wert is None or (
        größe["a"] is not None
    )
