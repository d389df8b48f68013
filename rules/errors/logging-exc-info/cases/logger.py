import io
import logging

log = logging.getLogger("check")


def check():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(funcName)s %(message)s"))
    log.addHandler(handler)
    log.propagate = False
    try:
        {}["a"]
    except KeyError:
        log.error("no %s", "größe", exc_info=True)
    log.removeHandler(handler)
    lines = stream.getvalue().splitlines()
    return lines[0], lines[-1]
# output
import io
import logging

log = logging.getLogger("check")


def check():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(funcName)s %(message)s"))
    log.addHandler(handler)
    log.propagate = False
    try:
        {}["a"]
    except KeyError:
        log.exception("no %s", "größe")
    log.removeHandler(handler)
    lines = stream.getvalue().splitlines()
    return lines[0], lines[-1]
