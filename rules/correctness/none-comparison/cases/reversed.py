def finde(größe):
    return not None == größe.wert or (
        None
        != größe["a"]
    )
# output
def finde(größe):
    return größe.wert is not None or (
        größe["a"] is not None
    )
