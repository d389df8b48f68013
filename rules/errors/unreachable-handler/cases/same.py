# expect: 2
def lesen(größe):
    try:
        return int(größe)
    except ValueError:
        return 0
    except (ValueError, UnicodeDecodeError) as fehler:
        return 1
    except IOError:
        return 2
    except OSError:
        return 3
