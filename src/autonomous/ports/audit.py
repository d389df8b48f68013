"""The audit log: every decision with its reasons, in a chain that shows tampering."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from autonomous.model.audit import AuditEvent, AuditFault, AuditRecord


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
