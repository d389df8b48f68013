def read(path):
    try:
        return open(path)
    except FileNotFoundError:
        return ""
    except OSError:
        return None
    except Exception:
        return 1
    except BaseException:
        raise
