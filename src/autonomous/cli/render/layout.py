"""Words broken into lines that fit the screen, counted in terminal cells."""

from collections.abc import Iterator

from rich.cells import cell_len, chop_cells
from rich.text import Text

_NARROWEST = 20  # cells: with less room than this the line is broken by the terminal, not by us


def flow(
    words: str, *, indent: str, width: int, hang: str | None = None, style: str = "", between: str = " "
) -> Text:
    """Break `words` where `between` stands into lines of at most `width` cells.

    Every line begins with `indent`, all but the first with `hang` where it is given. A part that is wider
    than the screen is broken at its spaces, a word that is wider goes on in the next line: nothing is lost.
    """
    room = max(_NARROWEST, width - cell_len(indent))
    out = Text()
    for number, line in enumerate(_lines(words, room, between)):
        lead = indent if number == 0 or hang is None else hang
        out.append("\n" if number else "").append(lead, style="dim").append(line, style=style)
    return out


def _lines(words: str, room: int, between: str) -> Iterator[str]:
    end = between.rstrip()  # what a broken line ends with, such as the dot between two parts
    line = ""
    for part in words.split(between):
        joined = f"{line}{between}{part}" if line else part
        if cell_len(joined) + len(end) <= room:
            line = joined
            continue
        if line:
            yield f"{line.rstrip(' ')}{between}".rstrip()
        *full, line = _broken(part, room - len(end))
        yield from full
    yield line


def _broken(part: str, room: int) -> list[str]:
    """Return the lines of a part that stands at the start of a line."""
    if cell_len(part) <= room:
        return [part]
    return list(_lines(part, room, " ")) if " " in part else chop_cells(part, room)
