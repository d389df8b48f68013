# expect: 2
def laufen(größen):
    for größe in größen:
        try:
            größe()
        finally:
            if größe:
                continue
            break
