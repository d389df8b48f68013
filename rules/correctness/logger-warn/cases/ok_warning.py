import logging

log = logging.getLogger(__name__)
log.warning("x")
log.warn_once = log.warning
