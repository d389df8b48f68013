def finde(größe, tabelle):
    if größe in tabelle.werte.keys():
        return größe not in tabelle["a"].keys()
# output
def finde(größe, tabelle):
    if größe in tabelle.werte:
        return größe not in tabelle["a"]
