def clean(names, other):
    for name in (
        names
    ):
        try:
            other.remove(name)
        except ValueError:
            with other:
                names.discard(name)
# output
def clean(names, other):
    for name in list((
        names
    )):
        try:
            other.remove(name)
        except ValueError:
            with other:
                names.discard(name)
