"""One source line with a spot marked below it, counted in terminal cells and never wider than the screen."""

from typing import NamedTuple

from rich.cells import cell_len

from autonomous.cli.render.escape import pieces

_TAB = 4  # cells to the next tab stop
_LEAD = 12  # cells kept before the spot when the line has to be cut at its start
_CUT = "…"


class Marked(NamedTuple):
    """The line as it is shown, and the spot in it: cells from 0, the end exclusive."""

    text: str
    start: int
    end: int


def mark(line: str, *, start: int, end: int, width: int) -> Marked:
    """Show `line` in at most `width` cells with the characters `start` up to `end` (from 0) in sight.

    Tabs become spaces, hostile characters escapes; what does not fit is cut, with an ellipsis, on either side.
    """
    start = min(start, len(line))
    # A line of a megabyte has one spot: escaping all of it would take seconds for what nobody sees.
    first = max(0, start - width)
    shown = _expanded(line[first : start + width + 1])
    start, end = start - first, min(max(end, start + 1) - first, len(shown))
    starts = [0]
    for piece in shown:
        starts.append(starts[-1] + cell_len(piece))
    drop = start if first else 0
    if first or starts[min(end, len(shown))] > width:
        drop = next((at for at in range(start + 1) if starts[start] - starts[at] <= _LEAD), start)
    head = _CUT if drop or first else ""
    room = width - len(head)
    more = len(line) > first + len(shown)
    last = _fitting(starts, drop, room - (1 if more or starts[-1] - starts[drop] > room else 0))
    tail = _CUT if more or last < len(shown) else ""
    text = head + "".join(shown[drop:last]) + tail
    spot = len(head) + starts[min(start, last)] - starts[drop]
    stop = len(head) + starts[min(end, last)] - starts[drop]
    return Marked(text, spot, max(stop, spot + 1))


def _fitting(starts: list[int], first: int, room: int) -> int:
    last = first
    while last + 1 < len(starts) and starts[last + 1] - starts[first] <= room:
        last += 1
    return last


def _expanded(line: str) -> list[str]:
    """Return what is shown for each character, tabs as the spaces that they stand for."""
    out, at = [], 0
    for piece in pieces(line, keep="\t"):
        text = " " * (_TAB - at % _TAB) if piece == "\t" else piece
        out.append(text)
        at += cell_len(text)
    return out


def expand(line: str) -> str:
    """Return a whole source line as it is shown: tabs as spaces, hostile characters as escapes."""
    return "".join(_expanded(line))
