# expect: 1
import builtins


def read(path):
    try:
        return open(path)
    except builtins.Exception:  # all
        return None
    except KeyError:
        return ""
