"""One line of the log: canonical ASCII JSON, and the hash that ties it to the line before."""

import hashlib
import json
import math
from datetime import UTC, datetime

import msgspec

from autonomous.model.audit import AuditEvent, AuditRecord

ORIGIN = "0" * 64
"""What the first record names as the hash before it."""

_DOMAIN = "autonomous-audit-v1"
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


class NotARecord(ValueError):
    """A line is not what this program writes."""


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of a line; `body` is all of them but `prev` and `hash`."""

    n: int
    at: str
    actor: str
    stage: str
    kind: str
    subject: str
    why: str
    facts: dict[str, str | int | float | bool | None]
    workflow: str
    prev: str
    hash: str


def seal(event: AuditEvent, *, n: int, prev: str) -> AuditRecord:
    """Give an event its place: number, hash of the record before, own hash."""
    facts = {key: _finite(value) for key, value in event.facts.items()}
    kept = msgspec.structs.replace(event, at=event.at.astimezone(UTC), facts=facts)
    return AuditRecord(n, kept, prev, _hash(prev, _body(kept, n)))


def line_of(record: AuditRecord) -> bytes:
    """Write a record as one line, without its end."""
    fields = _body(record.event, record.n) | {"prev": record.prev, "hash": record.hash}
    return _ENCODER.encode(fields).encode("ascii")


def read_line(line: bytes) -> AuditRecord:
    """Read a line, without its end; raises NotARecord unless it is byte for byte what `line_of` writes.

    The hash is not looked at: see `is_sound`.
    """
    try:
        fields = msgspec.convert(json.loads(line), _Line)
        at = datetime.fromisoformat(fields.at)
        record = AuditRecord(
            fields.n,
            AuditEvent(
                at=at,
                actor=fields.actor,
                stage=fields.stage,
                kind=fields.kind,
                subject=fields.subject,
                why=fields.why,
                workflow=fields.workflow,
                facts=fields.facts,
            ),
            fields.prev,
            fields.hash,
        )
        canonical = line_of(record) == line
    except (ValueError, msgspec.ValidationError, RecursionError) as error:
        raise NotARecord("it is not a record") from error
    if not canonical:
        raise NotARecord("it is not written as a record is")
    return record


def is_sound(record: AuditRecord) -> bool:
    """Tell whether a record's content is what its hash says."""
    return record.hash == _hash(record.prev, _body(record.event, record.n))


def _body(event: AuditEvent, n: int) -> dict[str, object]:
    return {
        "n": n,
        "at": event.at.isoformat(timespec="microseconds"),
        "actor": event.actor,
        "stage": event.stage,
        "kind": event.kind,
        "subject": event.subject,
        "why": event.why,
        "facts": event.facts,
        "workflow": event.workflow,
    }


def _hash(prev: str, body: dict[str, object]) -> str:
    return hashlib.sha256(
        f"{_DOMAIN}\n{prev}\n{_ENCODER.encode(body)}".encode("utf-8", "surrogatepass")
    ).hexdigest()


def _finite(value: str | float | bool | None) -> str | int | float | bool | None:  # noqa: FBT001 - a fact's value
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value
