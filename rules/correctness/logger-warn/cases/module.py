import logging as protokoll


def go():
    protokoll.warn(
        "größe",  # in cm
    )
# output
import logging as protokoll


def go():
    protokoll.warning(
        "größe",  # in cm
    )
