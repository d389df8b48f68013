"""The phases of a run as they go by, made of the messages that the run publishes."""

from datetime import datetime

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from autonomous.cli.render.console import animated, seconds
from autonomous.cli.render.escape import visible
from autonomous.cli.render.layout import flow
from autonomous.model.event import EventKind, Message

_LABEL = 11  # cells before a phase's words: a space, the name, and spaces up to here
_WIDEST = 80  # cells: the times stand in a column there
_REFRESH = 0.1  # seconds of the run's clock between two states of the living line
_WORTH_TELLING = 0.05  # seconds below which a time would only be noise
_ERASE = "\r\x1b[2K"
_COUNTED = {
    EventKind.SCAN_RESULT,
    EventKind.PROPOSAL_GENERATED,
    EventKind.VALIDATION_RESULT,
    EventKind.CHANGE_IMPLEMENTED,
    EventKind.TEST_RESULT,
    EventKind.ITEM_DROPPED,
}


class PhaseLines:
    """A listener: one line a phase on stderr; on a terminal the running one counts.

    PHASE_STARTED carries `{phase, total?}`, PHASE_ENDED `{phase, summary, seconds}`; the summary may have
    several lines. In between, each message about an item counts as one. In CI and in a file the running
    line is left out, and each phase is printed once, when it ends.
    """

    def __init__(self, screen: Console) -> None:
        """`screen` is a console on stderr."""
        self._screen = screen
        self._living = animated(screen)
        self._phase, self._total, self._done = "", 0, 0
        self._drawn: datetime | None = None

    def __call__(self, message: Message) -> None:
        """Take one message."""
        match message.kind:
            case EventKind.PHASE_STARTED:
                self._phase = str(message.payload.get("phase") or message.subject)
                self._total, self._done = int(message.payload.get("total") or 0), 0
                self._draw(message.at)
            case EventKind.PHASE_ENDED:
                self.clear()
                self._phase = ""
                self._print(message)
            case kind if kind in _COUNTED and self._phase:
                self._done += 1
                if self._drawn is None or (message.at - self._drawn).total_seconds() >= _REFRESH:
                    self._draw(message.at)
            case _:
                pass

    def clear(self) -> None:
        """Take the running line off the terminal, before anything else is printed there."""
        if self._living and self._drawn is not None:
            self._screen.file.write(_ERASE)
            self._screen.file.flush()
            self._drawn = None

    def _draw(self, at: datetime) -> None:
        if not self._living:
            return
        of = f" of {self._total}" if self._total else ""
        count = f"{self._done}{of}" if self._done or self._total else "..."
        self._screen.file.write(f"{_ERASE} {visible(self._phase):<{_LABEL - 1}}{count}")
        self._screen.file.flush()
        self._drawn = at

    def _print(self, message: Message) -> None:
        payload = message.payload
        width = min(self._screen.width, _WIDEST)
        said = visible(str(payload.get("summary") or ""), keep="\n").split("\n")
        first, *rest = (
            line for part in said for line in flow(part, indent="", width=width - _LABEL).plain.split("\n")
        )
        line = Text(f" {visible(str(payload.get('phase') or message.subject)):<{_LABEL - 1}}", style="bold")
        line.append(first, style="not bold")
        took = float(payload.get("seconds") or 0.0)
        if took >= _WORTH_TELLING:
            words = seconds(took)
            gap = max(2, width - line.cell_len - cell_len(words))
            line.append(" " * gap + words, style="not bold dim")
        self._screen.print(line, soft_wrap=True)
        for more in rest:
            self._screen.print(Text(" " * _LABEL + more), soft_wrap=True)
