requests = {"one": 1}


def go(key):
    return requests.get(key)
