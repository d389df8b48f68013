def read(path):
    try:
        return open(path)
    except OSError:
        return ""
    except (FileNotFoundError, ValueError):
        return None
