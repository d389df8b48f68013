def area(shape):
    if shape: raise NotImplemented(
        "area",
        shape,
    )
# output
def area(shape):
    if shape: raise NotImplementedError(
        "area",
        shape,
    )
