"""The time of the machine that the program runs on."""

import time
from datetime import UTC, datetime


class SystemClock:
    """`Clock` on the machine's own time."""

    def now(self) -> datetime:
        """Return the time of day in UTC."""
        return datetime.now(UTC)

    def steady(self) -> float:
        """Return seconds from an arbitrary start that never go back."""
        return time.monotonic()
