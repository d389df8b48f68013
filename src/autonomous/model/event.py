"""The messages that the orchestrator publishes, one for each step of a run."""

from datetime import datetime
from enum import StrEnum

import msgspec

Payload = dict[str, str | int | float | bool | None]


class EventKind(StrEnum):
    """What happened."""

    RUN_STARTED = "run_started"
    PHASE_STARTED = "phase_started"
    PHASE_ENDED = "phase_ended"
    SCAN_RESULT = "scan_result"
    PROPOSAL_GENERATED = "proposal_generated"
    VALIDATION_RESULT = "validation_result"
    APPROVAL_DECISION = "approval_decision"
    CHANGE_IMPLEMENTED = "change_implemented"
    TEST_RESULT = "test_result"
    CHANGE_LANDED = "change_landed"
    ROLLBACK_REQUEST = "rollback_request"
    ITEM_DROPPED = "item_dropped"
    CHECKPOINT_MADE = "checkpoint_made"
    RUN_ENDED = "run_ended"


class Message(msgspec.Struct, frozen=True):
    """One event: who sent it, in which run, when, and flat facts."""

    id: int  # counts from 1 within a run
    workflow: str
    sender: str  # a stage's name, or "orchestrator"
    kind: EventKind
    at: datetime
    subject: str = ""  # finding, proposal, commit or phase
    payload: Payload = {}
