def add(item, box=(), name="", mapping=None):
    result = [*box, item]
    return result, name, mapping
