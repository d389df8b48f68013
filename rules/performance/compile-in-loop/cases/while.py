# expect: 1
from re import compile as übersetzen


def größen(zeilen):
    while zeilen:
        if zeilen[0]:
            muster = übersetzen(
                "größe",  # fest
            )
            muster.match(zeilen.pop())
