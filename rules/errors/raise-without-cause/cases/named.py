from . import errors as fehler


def größe(text):
    try:
        return int(text)
    except (TypeError, ValueError) as problem:
        # zu groß
        raise fehler.Ungültig(
            text,  # der Text
        )
# output
from . import errors as fehler


def größe(text):
    try:
        return int(text)
    except (TypeError, ValueError) as problem:
        # zu groß
        raise fehler.Ungültig(
            text,  # der Text
        ) from problem
