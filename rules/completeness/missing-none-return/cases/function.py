def save(box: list, item: str = "größe"):
    """Put it away."""
    if not item:
        return
    box.append(item)


def check():
    box = []
    return save(box), save(box, ""), save(box, "b"), box
# output
def save(box: list, item: str = "größe") -> None:
    """Put it away."""
    if not item:
        return
    box.append(item)


def check():
    box = []
    return save(box), save(box, ""), save(box, "b"), box
