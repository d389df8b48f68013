from logging import getLogger

logger = getLogger(__name__)


class Reader:
    def read(self):
        def inner():
            logger.warn("x", extra={"a": 1})

        return inner
# output
from logging import getLogger

logger = getLogger(__name__)


class Reader:
    def read(self):
        def inner():
            logger.warning("x", extra={"a": 1})

        return inner
