def use(values):
    if not values:
        return None
    for value in values:
        if value:
            break
    else:
        raise ValueError
    return value
