import math
from math import nan as keine


def größe(wert):
    return wert.größe != math.nan or (
        keine == wert
    )
# output
import math


def größe(wert):
    return not math.isnan(wert.größe) or (
        math.isnan(wert)
    )
