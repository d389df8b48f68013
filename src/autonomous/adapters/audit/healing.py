"""A line that a crash tore is cut off, kept aside, and remembered in a record of its own."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from autonomous.adapters.audit.segments import Segment, cut_durably, replace_durably
from autonomous.model.audit import AuditEvent, AuditRecord

HEALED = "healed"
"""Kind of the record about a torn line: facts `file` (where it lies), `bytes` and `sha256`."""

_PENDING = ".pending"


def cut_torn_line(segment: Segment, piece: bytes) -> None:
    """Keep a torn line aside, then take it out of the segment; each step may be the last one before a crash."""
    offset = segment.path.stat().st_size - len(piece)
    name = f"torn-{segment.path.stem}-{offset}-{hashlib.sha256(piece).hexdigest()[:8]}"
    replace_durably(segment.path.with_name(name + _PENDING), piece)
    cut_durably(segment.path, offset)


def not_yet_recorded(directory: Path, last: AuditRecord | None, *, at: datetime) -> Iterator[AuditEvent]:
    """Yield an event for each line kept aside; once the event is written, going on marks the line as recorded."""
    for pending in sorted(directory.glob(f"torn-*{_PENDING}")):
        name = pending.name.removesuffix(_PENDING)
        if not _tells_of(last, name):
            yield _event(name, pending.read_bytes(), at=at)
        pending.replace(directory / name)


def _tells_of(record: AuditRecord | None, name: str) -> bool:
    return record is not None and record.event.kind == HEALED and record.event.facts.get("file") == name


def _event(name: str, piece: bytes, *, at: datetime) -> AuditEvent:
    return AuditEvent(
        at=at,
        actor="autonomous",
        stage="audit",
        kind=HEALED,
        subject=name,
        why="the last line had no end: its writer was stopped in the middle of it",
        facts={"file": name, "bytes": len(piece), "sha256": hashlib.sha256(piece).hexdigest()},
    )
