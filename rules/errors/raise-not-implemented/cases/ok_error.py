def area(shape):
    raise NotImplementedError("area")
