import logging

log = logging.getLogger(__name__)


def run(work):
    try:
        work()
    except ValueError as error:
        log.warning("failed", exc_info=True)
        log.error("failed", exc_info=error)
        log.error("failed", exc_info=False)
        log.error("failed")
