import errors as fehler


def lesen(größe):
    try:
        return größe.lesen()
    except (OSError or fehler.Kaputt or ValueError) as problem:  # größer
        return problem
# output
import errors as fehler


def lesen(größe):
    try:
        return größe.lesen()
    except (OSError, fehler.Kaputt, ValueError) as problem:  # größer
        return problem
