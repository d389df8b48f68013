"""Publishing: every step of a run becomes a message, and listeners do with it what they like."""

from collections.abc import Sequence
from typing import BinaryIO, Protocol

import msgspec

from autonomous.model.audit import AuditEvent
from autonomous.model.event import EventKind, Message, Payload
from autonomous.ports.audit import AuditLog
from autonomous.ports.clock import Clock


class Listener(Protocol):
    """Hears every message, in order, before the run goes on; what it raises ends the run."""

    def __call__(self, message: Message) -> None:
        """Take one message."""
        ...


class Bus:
    """Numbers the messages of one run and hands each to all listeners."""

    def __init__(self, *, workflow: str, clock: Clock, listeners: Sequence[Listener]) -> None:
        self._workflow, self._clock, self._listeners = workflow, clock, tuple(listeners)
        self._sent = 0

    def publish(
        self,
        kind: EventKind,
        *,
        sender: str = "orchestrator",
        subject: str = "",
        payload: Payload | None = None,
    ) -> None:
        """Send one message; `payload` holds flat facts."""
        self._sent += 1
        message = Message(
            id=self._sent,
            workflow=self._workflow,
            sender=sender,
            kind=kind,
            at=self._clock.now(),
            subject=subject,
            payload=payload or {},
        )
        for listener in self._listeners:
            listener(message)


class AuditTrail:
    """Writes every message but the progress of phases into the audit log, before the run goes on."""

    def __init__(self, log: AuditLog, *, actor: str) -> None:
        self._log, self._actor = log, actor

    def __call__(self, message: Message) -> None:
        """Append one record; raises AuditUnavailable, which ends the run, when it cannot be written."""
        if message.kind in {EventKind.PHASE_STARTED, EventKind.PHASE_ENDED, EventKind.SCAN_RESULT}:
            return
        facts = dict(message.payload)
        why = str(facts.pop("reason", "") or "")
        actor = str(facts.pop("by", "") or self._actor)
        self._log.append(
            AuditEvent(
                at=message.at,
                actor=actor,
                stage=message.sender,
                kind=message.kind,
                subject=message.subject,
                why=why,
                workflow=message.workflow,
                facts=facts,
            )
        )


class EventFile:
    """Writes every message as one JSON line, so that a run can be watched and replayed."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def __call__(self, message: Message) -> None:
        """Write and flush one line."""
        self._stream.write(msgspec.json.encode(message) + b"\n")
        self._stream.flush()
