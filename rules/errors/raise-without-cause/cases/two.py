def read(path, err=None):
    try:
        return open(path)
    except OSError:
        if err:
            raise ValueError(err)
        else:
            raise RuntimeError(path)
# output
def read(path, err=None):
    try:
        return open(path)
    except OSError as error:
        if err:
            raise ValueError(err) from error
        else:
            raise RuntimeError(path) from error
