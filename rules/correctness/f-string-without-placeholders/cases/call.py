import logging


def go(größe):
    logging.info(f"start", extra={f"größe": größe})
    raise ValueError(
        f"too large"
    )
# output
import logging


def go(größe):
    logging.info("start", extra={"größe": größe})
    raise ValueError(
        "too large"
    )
