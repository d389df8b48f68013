def machen(größen, knöpfe):
    for nummer, größe in enumerate(größen):
        # je Größe einer
        knöpfe[nummer] = lambda event, x=1: größe + nummer + x + event
        größe.on = lambda *args: nummer
# output
def machen(größen, knöpfe):
    for nummer, größe in enumerate(größen):
        # je Größe einer
        knöpfe[nummer] = lambda event, x=1, größe=größe, nummer=nummer: größe + nummer + x + event
        größe.on = lambda *args, nummer=nummer: nummer
