def read(path):
    try:
        return open(path)
    except OSError:
        try:
            return open("b")
        except FileNotFoundError:
            return None
