def prüfen(größe, art):
    # zuerst
    if größe:
        return True
    else:
        return False


def andere(größe, art):
    if größe or art:
        return False
    else:
        return True


def dritte(größe, art):
    if (
        isinstance(größe, int)
        and not art
    ):
        return True
    else:
        return False
# output
def prüfen(größe, art):
    # zuerst
    return bool(größe)


def andere(größe, art):
    return not (größe or art)


def dritte(größe, art):
    return (
        isinstance(größe, int)
        and not art
    )
