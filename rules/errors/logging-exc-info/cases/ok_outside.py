import logging

log = logging.getLogger(__name__)


def run(work):
    log.error("failed", exc_info=True)
    try:
        work()
    except ValueError:
        def later():
            log.error("failed", exc_info=True)

        work.later(later)
