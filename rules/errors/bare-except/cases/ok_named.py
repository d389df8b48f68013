def read(path):
    try:
        return open(path)
    except (OSError, ValueError):
        return None
