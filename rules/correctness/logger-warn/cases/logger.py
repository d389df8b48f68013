import io
import logging
import warnings

log = logging.getLogger("check_warn")


def check():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(funcName)s %(message)s"))
    log.addHandler(handler)
    log.propagate = False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        log.warn("größe %d", 3)
    log.removeHandler(handler)
    return stream.getvalue()
# output
import io
import logging
import warnings

log = logging.getLogger("check_warn")


def check():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(funcName)s %(message)s"))
    log.addHandler(handler)
    log.propagate = False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        log.warning("größe %d", 3)
    log.removeHandler(handler)
    return stream.getvalue()
