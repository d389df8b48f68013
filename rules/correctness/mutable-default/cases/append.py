def add(item, box=[]):
    """Put an item into a box."""
    box.append(item)
    return box
# output
def add(item, box=None):
    """Put an item into a box."""
    if box is None:
        box = []
    box.append(item)
    return box
