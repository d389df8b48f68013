"""The terminal as the screens see it: width, colours by severity, and no markup that hostile text could use."""

import os
from typing import IO

from rich.console import Console

from autonomous.model.kinds import Severity

ACCENTS: dict[Severity, str] = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "dim",
}


class _Screen(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the door: rich would end the process with 1, which means findings here."""
        raise BrokenPipeError


def console(stream: IO[str]) -> Console:
    """Return a console on `stream`; NO_COLOR, FORCE_COLOR, TERM and COLUMNS are honoured."""
    return _Screen(file=stream, highlight=False, markup=False, emoji=False)


def animated(screen: Console) -> bool:
    """Tell whether a line may be rewritten: only on a terminal, and never in CI, which keeps every state."""
    able = bool(screen.file.isatty()) and screen.is_terminal and not screen.is_dumb_terminal
    return able and not os.environ.get("CI")


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return "1 finding", "2 findings"; a plural other than with an s is given."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"


def seconds(value: float) -> str:
    """Return "0.3 s", "31 s", "2 min 5 s"."""
    if value < 20:  # noqa: PLR2004 - tenths help only where they are a good part of the whole
        return f"{value:.1f} s"
    minutes, rest = divmod(round(value), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
