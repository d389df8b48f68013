"""The end of the chain: found, healed when it is torn, compared with its anchor, and made longer by one record."""

from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from autonomous.adapters.audit.healing import cut_torn_line
from autonomous.adapters.audit.record import ORIGIN, NotARecord, is_sound, line_of, read_line, seal
from autonomous.adapters.audit.segments import (
    Head,
    Segment,
    append_durably,
    last_piece,
    new_segment,
    read_head,
    segments_in,
    write_head,
)
from autonomous.model.audit import AuditEvent, AuditRecord
from autonomous.ports.audit import AuditDamaged, ClockWentBack

# Writers take the time before they wait for the lock, so an earlier time within this span is no clock gone back.
_CLOCK_SLACK = timedelta(seconds=60)


class Written(NamedTuple):
    """A record and the segment that it lies in."""

    segment: Segment
    record: AuditRecord


def end_of(directory: Path) -> Written | None:
    """Find the last record, a torn line behind it cut off; None for an empty log.

    Raises AuditDamaged when it is not the record that was written last.
    """
    end = None
    for segment in reversed(segments_in(directory)):
        piece, whole = last_piece(segment.path)
        if not whole:
            cut_torn_line(segment, piece)
            piece, _ = last_piece(segment.path)
        if segment.path.stat().st_size:
            end = Written(segment, believed(directory, piece, f"the last line of {segment.path.name}"))
            break
        segment.path.unlink()  # begun, and torn before its first record was whole
    _compare_with_head(directory, end.record if end else None)
    return end


def believed(directory: Path, line: bytes, where: str) -> AuditRecord:
    """Read a line; raises AuditDamaged when it is not a record, or not the one its hash tells of."""
    try:
        record = read_line(line)
    except NotARecord as error:
        raise AuditDamaged(directory, f"{where}: {error}") from error
    if not is_sound(record):
        raise AuditDamaged(directory, f"{where}: its content is not what its hash says")
    return record


def _compare_with_head(directory: Path, last: AuditRecord | None) -> None:
    try:
        head = read_head(directory)
    except ValueError as error:
        raise AuditDamaged(directory, str(error)) from error
    n = last.n if last else 0
    if head is None:
        if n > 1:  # a first record whose head was not written yet is what a crash leaves
            raise AuditDamaged(directory, "the file `head`, which names the last record, is missing")
    elif head.n > n:
        raise AuditDamaged(directory, f"it ends with record {n}, but record {head.n} was written")
    elif last and head.n == n and head.hash != last.hash:
        raise AuditDamaged(directory, f"record {n} is not the one that was written")


def add(directory: Path, event: AuditEvent, end: Written | None, *, segment_bytes: int) -> Written:
    """Write one more record, durably, and anchor it; raises ClockWentBack and OSError."""
    last = end.record if end else None
    if last and event.at < last.event.at - _CLOCK_SLACK:
        raise ClockWentBack(directory, last=last.event.at, now=event.at)
    record = seal(event, n=last.n + 1 if last else 1, prev=last.hash if last else ORIGIN)
    day = record.event.at.date()
    if end and end.segment.day >= day and end.segment.path.stat().st_size < segment_bytes:
        segment = end.segment
    else:
        segment = new_segment(directory, first=record.n, day=day)
    append_durably(segment.path, line_of(record) + b"\n")
    write_head(directory, Head(record.n, record.hash))
    return Written(segment, record)
