def add(item, box=[]):
    box = list(box)
    box.append(item)
    return box
