def read(path):
    try:
        return open(path)
    except:
        return None
# output
def read(path):
    try:
        return open(path)
    except Exception:
        return None
