"""Reading the whole chain with doubt: which records were changed, removed, inserted or moved."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from autonomous.adapters.audit.record import ORIGIN, NotARecord, is_sound, read_line
from autonomous.adapters.audit.segments import Head
from autonomous.model.audit import AuditFault, AuditRecord


class Line(NamedTuple):
    """One line of a segment: the number its place gives it, and the record, or why it is not believed."""

    n: int
    segment: str
    number: int
    record: AuditRecord | None
    doubt: str

    def fault(self, reason: str, *, n: int | None = None) -> AuditFault:
        """Name this line."""
        return AuditFault(self.n if n is None else n, self.segment, self.number, reason)


PRUNED = "pruned"
"""Kind of the record that says that older segments were removed: facts `through` (n) and `hash`."""


def read_lines(segments: Iterable[tuple[str, bytes]]) -> Iterator[Line]:
    """Yield every line of the segments (name and content) in order; what is not a sound record carries a doubt."""
    n = 0
    for name, content in segments:
        for line in read_segment(name, content, after=n):
            yield line
            n = line.n


def read_segment(name: str, content: bytes, *, after: int) -> Iterator[Line]:
    """Yield the lines of one segment; `after` is the number of the line before it."""
    n = after
    pieces = content.split(b"\n")
    cut_off = pieces.pop()
    for number, piece in enumerate(pieces, 1):
        record, doubt = _judged(piece)
        n = record.n if record else n + 1
        yield Line(n, name, number, record, doubt)
    if cut_off:
        yield Line(n + 1, name, len(pieces) + 1, None, "its line has no end")


def _judged(piece: bytes) -> tuple[AuditRecord | None, str]:
    try:
        record = read_line(piece)
    except NotARecord as error:
        return None, str(error)
    return (record, "") if is_sound(record) else (None, "its content is not what its hash says")


def faults_in(lines: Sequence[Line], head: Head | None, *, anchor: str = "") -> Iterator[AuditFault]:
    """Yield what is wrong, record by record; nothing when all is where and what it was.

    `anchor` is a hash that was noted elsewhere, such as the receipt of a run: its record must still be there.
    """
    genuine = _genuine(lines)
    yield from _not_believed(lines, genuine)
    yield from _moved(lines, genuine)
    yield from _missing(lines, genuine)
    yield from _broken_links(genuine)
    yield from _misnamed(lines)
    yield from _cut_off(lines, genuine, head)
    if anchor and not any(line.record and line.record.hash == anchor for line in genuine.values()):
        end = _end(lines)
        yield end.fault(f"the record with the hash {anchor:.12}, noted before, is not in the log", n=end.n)


def _genuine(lines: Sequence[Line]) -> dict[int, Line]:
    """For each number the one sound record that its neighbours name, the first of several that none names."""
    several = defaultdict[int, list[Line]](list)
    named = {line.record.prev for line in lines if line.record}
    hashes = {line.record.hash for line in lines if line.record} | {ORIGIN}
    for line in lines:
        if line.record:
            several[line.n].append(line)

    def standing(line: Line) -> tuple[bool, bool]:
        record = line.record
        return (record is not None and record.hash in named, record is not None and record.prev in hashes)

    return {n: max(rivals, key=standing) for n, rivals in several.items()}


def _not_believed(lines: Sequence[Line], genuine: Mapping[int, Line]) -> Iterator[AuditFault]:
    for line in lines:
        if line.record is None:
            what = "inserted" if line.n in genuine else "changed"
            yield line.fault(f"{what}: {line.doubt}")
        elif genuine[line.n] is not line:
            yield line.fault(f"inserted: there is another record {line.n}, which the chain names")


def _moved(lines: Sequence[Line], genuine: Mapping[int, Line]) -> Iterator[AuditFault]:
    highest = 0
    for line in lines:
        if line.record and genuine[line.n] is line:
            if line.n < highest:
                yield line.fault(f"reordered: it stands behind record {highest}")
            highest = max(highest, line.n)


def _missing(lines: Sequence[Line], genuine: Mapping[int, Line]) -> Iterator[AuditFault]:
    if not lines:
        return
    present = sorted({line.n for line in lines})
    start = present[0] - 1 if _was_pruned(genuine, present[0]) else 0
    for before, after in pairwise([start, *present]):
        if after > before + 1:
            behind = next(line for line in lines if line.n == after)
            yield behind.fault(
                f"removed: {_span(before + 1, after - 1)} missing before this line", n=before + 1
            )


def _was_pruned(genuine: Mapping[int, Line], first: int) -> bool:
    """Tell whether a record says that everything before `first` was removed for its age."""
    start = genuine.get(first)
    if first == 1 or start is None or start.record is None:
        return first == 1
    for line in genuine.values():
        event = line.record.event if line.record else None
        if event and event.kind == PRUNED and isinstance(through := event.facts.get("through"), int):
            exact = through == first - 1 and event.facts.get("hash") == start.record.prev
            if exact or through >= first:  # the removal was interrupted: some old segments are still there
                return True
    return False


def _span(first: int, last: int) -> str:
    return f"record {first} is" if first == last else f"records {first} to {last} are"


def _broken_links(genuine: Mapping[int, Line]) -> Iterator[AuditFault]:
    for n, line in sorted(genuine.items()):
        before = genuine.get(n - 1)
        prev = line.record.prev if line.record else ""
        if n == 1 and prev != ORIGIN:
            yield line.fault("changed: the first record names one before it")
        elif before is not None and before.record is not None and before.record.hash != prev:
            yield before.fault(f"changed: record {n} names another hash for it")


def _misnamed(lines: Sequence[Line]) -> Iterator[AuditFault]:
    starts = {line.segment: line for line in reversed(lines)}
    for name, start in sorted(starts.items()):
        if start.record and not name.startswith(f"{start.n:012d}-"):
            yield start.fault(f"the segment's name says that another record is its first, not {start.n}")


def _cut_off(lines: Sequence[Line], genuine: Mapping[int, Line], head: Head | None) -> Iterator[AuditFault]:
    end = _end(lines)
    if head is None:
        if end.n > 1:  # a first record whose head was not written yet is what a crash leaves
            yield end.fault(
                "the file `head`, which names the last record, is missing or not what was written"
            )
    elif head.n > end.n:
        yield end.fault(f"removed: {_span(end.n + 1, head.n)} missing at the end", n=end.n + 1)
    elif (line := genuine.get(head.n)) and line.record and line.record.hash != head.hash:
        yield line.fault("changed: the file `head` names another hash for it")


def _end(lines: Sequence[Line]) -> Line:
    nothing = Line(0, "", 0, None, "")
    return max(lines, key=lambda line: line.n, default=nothing)
