"""A change on the screen: unified or side by side, words marked, hostile text escaped, never truncated."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.text import Text

from autonomous.cli.render.escape import pieces, visible
from autonomous.cli.render.sections import Line, Pair, Section, sections
from autonomous.model.change import FileEdit

SIDE_BY_SIDE = 140  # cells from which two columns hold code without wrapping most of it
_STYLES = {"-": "red", "+": "green", " ": "dim"}
_NO_END = "\\ no line end here"
_TAB = 4
_NUMBER = 5  # cells for a line's number in a column


def change(edits: Sequence[FileEdit], *, width: int, sides: bool | None = None) -> Iterator[Text]:
    """Yield the lines of a diff of all edits.

    `sides` asks for two columns or for one; None takes two where the screen is wide enough. Unified lines
    may be longer than `width`: print them with `soft_wrap=True`, so that the terminal breaks them.
    """
    beside = width >= SIDE_BY_SIDE if sides is None else sides
    for edit in edits:
        if len(edits) > 1 or edit.before is None or edit.after is None:
            yield Text(_title(edit), style="bold")
        for section in sections(edit):
            yield Text(f"   @@ {_place(section)} @@", style="cyan")
            yield from _columns(section, width) if beside else _unified(section)


def _title(edit: FileEdit) -> str:
    fate = " (new file)" if edit.before is None else " (the file goes)" if edit.after is None else ""
    return f"   {visible(edit.path)}{fate}"


def _place(section: Section) -> str:
    changed = (side for pair in section.pairs for side in pair if side is not None and side.changed)
    first = next(changed, None)
    line = f"line {first.number if first else section.line}"
    return f"{visible(section.symbol)} · {line}" if section.symbol else line


def _unified(section: Section) -> Iterator[Text]:
    waiting: list[Line] = []
    for left, right in section.pairs:
        if left is not None and not left.changed:
            yield from _rows(waiting, "+")
            waiting = []
            yield from _rows([left], " ")
            continue
        if left is not None:
            yield from _rows([left], "-")
        if right is not None:
            waiting.append(right)
    yield from _rows(waiting, "+")


def _rows(lines: Sequence[Line], sign: str) -> Iterator[Text]:
    for line in lines:
        yield Text(f" {sign}", style=_STYLES[sign]).append_text(_styled(line, sign))
        if not line.ended:
            yield Text(f"  {_NO_END}", style="dim")


def _styled(line: Line, sign: str) -> Text:
    """Return a line as it is shown; on a changed one tabs and spaces at its end can be seen."""
    shown, at = list[str](), 0
    body = len(line.text.rstrip(" ")) if line.changed else len(line.text)
    for place, piece in enumerate(pieces(line.text, keep="\t")):
        words = "·" if place >= body else piece
        if piece == "\t":
            words = ("→" if line.changed else " ").ljust(_TAB - at % _TAB)
        shown.append(words)
        at += cell_len(words)
    text = Text("".join(shown), style=_STYLES[sign])
    for start, end in line.marks:
        first = sum(map(len, shown[:start]))
        text.stylize("bold reverse", first, first + sum(map(len, shown[start:end])))
    return text


def _columns(section: Section, width: int) -> Iterator[Text]:
    room = (width - 3) // 2
    for pair in section.pairs:
        yield from _pair(pair, room)


def _pair(pair: Pair, room: int) -> Iterator[Text]:
    left, right = (_cell(line, sign, room) for line, sign in zip(pair, "-+", strict=True))
    for one, other in zip_longest(left, right, fillvalue=None):
        row = one.copy() if one is not None else Text()
        row.append(" " * (room - row.cell_len)).append(" │ ", style="dim")
        yield row.append_text(other) if other is not None else row


def _cell(line: Line | None, side: str, room: int) -> list[Text]:
    """Return one line of a column as rows of at most `room` cells, all of it."""
    if line is None:
        return []
    sign = side if line.changed else " "
    body = _styled(line, sign)
    if not line.ended:
        body.append(f" {_NO_END}", style="dim")
    lead = f"{line.number:>{_NUMBER}} {sign}"
    rows = []
    for number, part in enumerate(_broken(body, room - len(lead))):
        start = lead if number == 0 else " " * len(lead)
        rows.append(Text(start, style=_STYLES[sign]).append_text(part))
    return rows


def _broken(text: Text, room: int) -> Sequence[Text]:
    """Break a line after at most `room` cells, between characters."""
    cuts, used = [], 0
    for at, char in enumerate(text.plain):
        size = cell_len(char)
        if used + size > room:
            cuts.append(at)
            used = 0
        used += size
    return list(text.divide(cuts)) if cuts else [text]
