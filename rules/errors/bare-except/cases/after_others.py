def lesen(größe):
    try:
        return int(größe)
    except ValueError:
        return 0
    except :  # alles andere
        print("größe?")
    else:
        print("ok")
# output
def lesen(größe):
    try:
        return int(größe)
    except ValueError:
        return 0
    except Exception:  # alles andere
        print("größe?")
    else:
        print("ok")
