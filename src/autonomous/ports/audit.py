"""The audit log: every decision with its reasons, in a chain that shows tampering."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol

from autonomous.model.audit import AuditEvent, AuditFault, AuditRecord
from autonomous.model.errors import AutonomousError, ExitCode


class AuditUnavailable(AutonomousError):
    """A record cannot be written or read, so nothing may be done that would need one."""

    exit_code = ExitCode.INTERNAL

    def __init__(self, place: Path, reason: str, *, hint: str) -> None:
        self.place, self.reason, self.detail, self.hint = place, reason, str(place), hint
        super().__init__(f"the audit log cannot be used, and nothing is done without it: {reason}")


class AuditDamaged(AuditUnavailable):
    """The log is not what was written; nothing is added until somebody looked at it."""

    def __init__(self, place: Path, reason: str) -> None:
        hint = (
            "see what is wrong with `autonomous audit --verify`; to begin a new log, move this one aside"
            f" (mv '{place}' '{place}.damaged')"
        )
        super().__init__(place, reason, hint=hint)


class ClockWentBack(AuditUnavailable):
    """The time of day is earlier than that of the last record; nothing is written."""

    def __init__(self, place: Path, *, last: datetime, now: datetime) -> None:
        self.last, self.now = last, now
        reason = f"the clock went back, from {last.isoformat()} to {now.isoformat()}; nothing is written"
        super().__init__(place, reason, hint="set the clock right (timedatectl), then run this again")


class AuditLog(Protocol):
    """Append-only; when a record cannot be written, the caller must not act."""

    def append(self, event: AuditEvent) -> AuditRecord:
        """Write one record durably; raises AuditUnavailable when it cannot be."""
        ...

    def records(self, *, workflow: str = "", since: datetime | None = None) -> Iterator[AuditRecord]:
        """Yield records in order."""
        ...

    def verify(self) -> tuple[AuditFault, ...]:
        """Check the whole chain; empty when every record is where and what it was."""
        ...

    def head(self) -> str:
        """Return the hash of the last record: the receipt of a run."""
        ...
