"""Hunks on lines of bytes: how approved changes to one file are stacked without touching each other."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

import msgspec


class Hunk(msgspec.Struct, frozen=True, order=True):
    """Replace the lines `start` (from 0) up to, not with, `end` of the file before by `lines`."""

    start: int
    end: int
    lines: tuple[bytes, ...]

    def overlaps(self, other: "Hunk") -> bool:
        """True when both cannot be applied to one file; the same hunk twice does not overlap."""
        if self == other:
            return False
        if self.start == self.end == other.start == other.end:
            return False  # two insertions at one place: both are kept, in order
        return self.start < other.end and other.start < self.end


def split_lines(data: bytes) -> list[bytes]:
    r"""Split after every `\n`, as git does; `\r` and form feeds stay inside their line."""
    lines = data.split(b"\n")
    last = lines.pop()
    whole = [line + b"\n" for line in lines]
    return [*whole, last] if last else whole


def hunks_between(before: bytes, after: bytes) -> tuple[Hunk, ...]:
    """Return the smallest line hunks that turn `before` into `after`."""
    old, new = split_lines(before), split_lines(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    matcher = SequenceMatcher(None, middle_old, middle_new, autojunk=False)
    return tuple(
        Hunk(head + i1, head + i2, tuple(middle_new[j1:j2]))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    )


def _common(left: Sequence[bytes], right: Sequence[bytes]) -> int:
    size = min(len(left), len(right))
    return next((i for i in range(size) if left[i] != right[i]), size)


def apply_hunks(before: bytes, hunks: Iterable[Hunk]) -> bytes:
    """Apply hunks that do not overlap; the same hunk given twice is applied once."""
    lines = split_lines(before)
    out: list[bytes] = []
    at = 0
    for hunk in sorted(dict.fromkeys(hunks), key=lambda h: (h.start, h.end)):
        out += lines[at : hunk.start]
        out += hunk.lines
        at = hunk.end
    return b"".join([*out, *lines[at:]])


def first_overlap(placed: Iterable[Hunk], wanted: Iterable[Hunk]) -> Hunk | None:
    """Return the first hunk of `wanted` that overlaps one of `placed`, or None when all fit."""
    taken = tuple(placed)
    return next((hunk for hunk in wanted if any(hunk.overlaps(other) for other in taken)), None)
