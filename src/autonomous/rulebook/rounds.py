"""Applies every fix of a file in rounds: of overlapping ones the outermost and most severe goes first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from autonomous.analysis.source import Source, SourceUnreadable, read_source
from autonomous.model.kinds import Safety, Severity
from autonomous.model.patch import Hunk, apply_hunks, first_overlap, hunks_between
from autonomous.rulebook.filetext import place
from autonomous.rulebook.hit import Hit
from autonomous.rulebook.rewrite import Rewrite
from autonomous.rulebook.unused import without_unused

ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """A match that has a fix: `rewrite` makes it when it is asked for."""

    hit: Hit
    severity: Severity
    rewrite: Callable[[], Rewrite | None]


def fixed(data: bytes, path: str, *, candidates: Callable[[Source], Iterable[Candidate]]) -> bytes:
    """Rewrite a file until nothing changes any more, in ten rounds at most.

    Each round applies the preferred fix of every match that overlaps no other; a fix that is only for display is
    never applied. Raises SourceUnreadable for a file that can't be read.
    """
    for _ in range(ROUNDS):
        source = read_source(path, data)
        after = _round(source, candidates(source))
        if after == data:
            break
        data = after
    return data


def _round(source: Source, candidates: Iterable[Candidate]) -> bytes:
    taken: list[Hit] = []
    hunks: list[Hunk] = []
    first: bytes | None = None
    for candidate in sorted(candidates, key=_rank):
        if any(_overlap(candidate.hit, other) for other in taken):
            continue
        rewrite = candidate.rewrite()
        if rewrite is None or rewrite.safety is Safety.DISPLAY:
            continue
        wanted = hunks_between(source.data, rewrite.after)
        if first_overlap(hunks, wanted) is None:
            first = first or rewrite.after
            taken.append(candidate.hit)
            hunks += wanted
    if first is None:
        return source.data
    return _joined(source, apply_hunks(source.data, hunks)) or first


def _joined(source: Source, data: bytes) -> bytes | None:
    """What several fixes make together, without imports that only all of them made unused; None if it is broken."""
    try:
        after = read_source(source.path, data)
    except SourceUnreadable:
        return None
    text = without_unused(source, after.text)
    return text.encode(source.encoding)


def _rank(candidate: Candidate) -> tuple[int, int, int, int]:
    """Outermost first: what starts earlier or ends later; of the same place the most severe."""
    line, column, end_line, end_column = _span(candidate.hit)
    return (line, column, -end_line * 10_000 - end_column, candidate.severity.rank)


def _overlap(one: Hit, other: Hit) -> bool:
    start, end = _span(one)[:2], _span(one)[2:]
    other_start, other_end = _span(other)[:2], _span(other)[2:]
    return start < other_end and other_start < end


def _span(hit: Hit) -> tuple[int, int, int, int]:
    last = hit.rest[-1] if hit.rest else hit.node
    return (*place(hit.node)[:2], *place(last)[2:])
