def add(first=None, box=[]):
    if first is None:
        first = box
    box.append(first)
# output
def add(first=None, box=None):
    if box is None:
        box = []
    if first is None:
        first = box
    box.append(first)
