import logging as protokoll


def run(work):
    try:
        work()
    except ValueError:
        protokoll.error(
            "failed",
            exc_info=True,
        )
# output
import logging as protokoll


def run(work):
    try:
        work()
    except ValueError:
        protokoll.exception(
            "failed",
        )
