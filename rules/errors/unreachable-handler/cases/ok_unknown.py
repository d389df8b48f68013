import errors


def read(path):
    try:
        return open(path)
    except errors.OSError:
        return ""
    except FileNotFoundError:
        return None
    except errors.Missing:
        return 1
