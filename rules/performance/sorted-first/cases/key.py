def älteste(größen):
    # nach Höhe
    return sorted(größen, reverse=True, key=lambda größe: größe.höhe)[0].höhe
# output
def älteste(größen):
    # nach Höhe
    return max(größen, key=lambda größe: größe.höhe).höhe
