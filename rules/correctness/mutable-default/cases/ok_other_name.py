from makers import list


def add(item, box=list(), other=[]):
    box.append(item)
    item.other.append(other[0])
    return box
