# expect: 3
def laden(größe):
    try:
        größe.load()
    except:
        pass
    try:
        größe.load()
    except BaseException as fehler:
        ...
    try:
        größe.load()
    except (ValueError, Exception):
        pass
