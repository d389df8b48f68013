def nothing():
    return
    yield


def abstract():
    raise NotImplementedError
    yield 1
