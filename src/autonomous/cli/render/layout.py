"""Words broken into lines that fit the screen, counted in terminal cells."""

from collections.abc import Iterator

from rich.cells import cell_len, chop_cells
from rich.text import Text

_NARROWEST = 20  # cells: with less room than this the line is broken by the terminal, not by us


def flow(words: str, *, indent: str, width: int, hang: str | None = None, style: str = "") -> Text:
    """Break `words` at spaces into lines of at most `width` cells.

    Every line begins with `indent`, all but the first with `hang` where it is given. Nothing is lost: a word
    that is wider than the screen goes on in the next line.
    """
    room = max(_NARROWEST, width - cell_len(indent))
    out = Text()
    for number, line in enumerate(_lines(words, room)):
        lead = indent if number == 0 or hang is None else hang
        out.append("\n" if number else "").append(lead, style="dim").append(line, style=style)
    return out


def _lines(words: str, room: int) -> Iterator[str]:
    line = ""
    for word in words.split(" "):
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= room:
            line = joined
            continue
        if line:
            yield line.rstrip(" ")
        *full, line = chop_cells(word, room)
        yield from full
    yield line
