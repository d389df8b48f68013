def go(größe):
    if größe: assert (
        größe > 0,
        "zu "
        "klein",
    )
# output
def go(größe):
    if größe: assert größe > 0, ("zu "
        "klein")
