"""The audit log: JSON Lines in a hash chain; a record is on the disk before anything it tells of is done."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from autonomous.adapters.audit import chain
from autonomous.adapters.audit.healing import not_yet_recorded
from autonomous.adapters.audit.redaction import Redaction
from autonomous.adapters.audit.segments import Head, last_piece, read_head, segments_in, sync_directory
from autonomous.adapters.audit.verification import PRUNED, faults_in, read_lines
from autonomous.model.audit import AuditEvent, AuditFault, AuditRecord
from autonomous.ports.audit import AuditUnavailable
from autonomous.ports.clock import Clock

SEGMENT_BYTES = 10_000_000
KEPT = timedelta(days=90)
LOCK_SECONDS = 10.0
_POLL_SECONDS = 0.005
_PRIVATE = 0o700
_SEALED = 0o400


class ChainedLog:
    """Implements `ports.audit.AuditLog` in a directory of its own; several processes may write to it."""

    def __init__(
        self,
        directory: Path,
        *,
        clock: Clock,
        environ: Mapping[str, str],
        segment_bytes: int = SEGMENT_BYTES,
        lock_seconds: float = LOCK_SECONDS,
    ) -> None:
        """Nothing is read or made before the first call; secrets among the values of `environ` are kept out."""
        self._directory, self._clock, self._segment_bytes = directory, clock, segment_bytes
        self._lock_seconds = lock_seconds
        self._redaction = Redaction(environ)

    def append(self, event: AuditEvent) -> AuditRecord:
        """Write one record, on the disk when this returns.

        Raises AuditUnavailable (full disk, no right, lock held for `lock_seconds`), AuditDamaged
        when the end of the log is not what was written, and ClockWentBack.
        """
        with self._locked():
            end = chain.end_of(self._directory)
            last = end.record if end else None
            for healed in not_yet_recorded(self._directory, last, at=self._clock.now()):
                end = self._add(healed, end)
            written = self._add(self._redaction.event(event), end)
            if end and end.segment != written.segment:
                end.segment.path.chmod(_SEALED)
                self._forget_old(written)
            return written.record

    def records(self, *, workflow: str = "", since: datetime | None = None) -> Iterator[AuditRecord]:
        """Yield records in order, a line that has no end yet left out; raises AuditDamaged at one that is none."""
        with self._translated():
            for segment in segments_in(self._directory):
                whole_lines = segment.path.read_bytes().split(b"\n")[:-1]
                for number, line in enumerate(whole_lines, 1):
                    record = chain.believed(self._directory, line, f"line {number} of {segment.path.name}")
                    if record.event.workflow == (workflow or record.event.workflow) and (
                        since is None or record.event.at >= since
                    ):
                        yield record

    def verify(self, *, anchor: str = "") -> tuple[AuditFault, ...]:
        """Check the whole chain, its end against the file `head`, and that the record with hash `anchor` is there."""
        with self._locked():
            segments = segments_in(self._directory)
            lines = tuple(read_lines((each.path.name, each.path.read_bytes()) for each in segments))
            try:
                return tuple(faults_in(lines, read_head(self._directory), anchor=anchor))
            except ValueError as error:
                fault = AuditFault(0, "head", 1, f"changed: {error}")
                return (fault, *faults_in(lines, Head(0, ""), anchor=anchor))

    def head(self) -> str:
        """Return the hash of the last record, empty for an empty log; raises AuditDamaged as `append` does."""
        with self._locked():
            end = chain.end_of(self._directory)
            return end.record.hash if end else ""

    def _add(self, event: AuditEvent, end: chain.Written | None) -> chain.Written:
        return chain.add(self._directory, event, end, segment_bytes=self._segment_bytes)

    def _forget_old(self, end: chain.Written) -> None:
        """Remove sealed segments whose last record is older than 90 days, after a record that says so."""
        oldest = end.record.event.at - KEPT
        going: list[tuple[Path, AuditRecord]] = []
        for segment in segments_in(self._directory)[:-1]:
            last = chain.believed(
                self._directory, last_piece(segment.path)[0], f"the end of {segment.path.name}"
            )
            if last.event.at >= oldest:
                break
            going.append((segment.path, last))
        if not going:
            return
        self._add(_pruned(going[-1][1], segments=len(going), at=end.record.event.at), end)
        for path, _ in going:
            path.unlink()
        sync_directory(self._directory)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        from filelock import FileLock, Timeout

        lock = FileLock(
            self._directory / "lock", timeout=self._lock_seconds, poll_interval=_POLL_SECONDS, mode=0o600
        )
        with self._translated():
            self._directory.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
            try:
                lock.acquire()
            except Timeout as error:
                hint = "wait until the other run ends, then run this again"
                reason = f"another process has held its lock for {self._lock_seconds:g} s"
                raise AuditUnavailable(self._directory, reason, hint=hint) from error
            try:
                yield
            finally:
                lock.release()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            place = Path(os.fsdecode(error.filename)) if error.filename else self._directory
            hint = f"make {self._directory} writable and free some space, then run this again"
            raise AuditUnavailable(place, error.strerror or str(error), hint=hint) from error


def _pruned(last: AuditRecord, *, segments: int, at: datetime) -> AuditEvent:
    return AuditEvent(
        at=at,
        actor="autonomous",
        stage="audit",
        kind=PRUNED,
        subject=f"records up to {last.n}",
        why=f"older than {KEPT.days} days",
        facts={"through": last.n, "hash": last.hash, "segments": segments},
    )
