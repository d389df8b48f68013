"""The time, as a port: nothing below the workspace reads it from the system."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time of day and a steady count of seconds."""

    def now(self) -> datetime:
        """Return the time of day in UTC."""
        ...

    def steady(self) -> float:
        """Return seconds from an arbitrary start that never go back."""
        ...
