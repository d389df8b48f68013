def run(work, log, options):
    try:
        work()
    except ValueError:
        log.error("failed", exc_info=True)
        work.error("failed", exc_info=True)
