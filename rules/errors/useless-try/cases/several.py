def speichern(größe):
    # zuerst
    try:
        # dann
        größe.save()
        text = """
    bleibt
"""
    except (OSError, ValueError):
        raise
    except:
        raise
    return text
# output
def speichern(größe):
    # zuerst
    # dann
    größe.save()
    text = """
    bleibt
"""
    return text
