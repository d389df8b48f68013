from logging import getLogger

logger = getLogger(__name__)


def run(work):
    try:
        work()
    except ValueError:
        if work:
            logger.error(exc_info=True, msg="failed", extra={"a": 1})
# output
from logging import getLogger

logger = getLogger(__name__)


def run(work):
    try:
        work()
    except ValueError:
        if work:
            logger.exception(msg="failed", extra={"a": 1})
