"""One record of the audit log."""

from datetime import datetime

import msgspec


class AuditEvent(msgspec.Struct, frozen=True):
    """Who did what to which thing, when and why; `facts` are flat and already free of secrets."""

    at: datetime
    actor: str
    stage: str
    kind: str
    subject: str
    why: str = ""
    workflow: str = ""
    facts: dict[str, str | int | float | bool | None] = {}


class AuditRecord(msgspec.Struct, frozen=True):
    """An event in its place in the chain: number from 1, hash of the record before, own hash."""

    n: int
    event: AuditEvent
    prev: str
    hash: str


class AuditFault(msgspec.Struct, frozen=True):
    """A record that verification does not believe, and why."""

    n: int
    segment: str
    line: int
    reason: str
