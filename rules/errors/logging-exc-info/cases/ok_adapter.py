import logging

log = logging.LoggerAdapter(logging.getLogger(__name__), {})


def run(work, options):
    try:
        work()
    except ValueError:
        log.error("failed", exc_info=True)
        logging.error("failed", **options)
