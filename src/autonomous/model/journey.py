"""The tickets of the journey: each step's type is what the next step asks for.

`Approved` can only be built from a `Cleared` and an `Approval` that names the digest of its change, and the
implementer takes nothing else: unapproved code cannot reach a branch because its type does not exist.
"""

from datetime import datetime
from typing import TypeAlias

import msgspec

from autonomous.model.check import Check, Gate, Scores, Verdict
from autonomous.model.digest import Digest
from autonomous.model.errors import ApprovedSomethingElse
from autonomous.model.finding import Finding
from autonomous.model.kinds import StageName
from autonomous.model.proposal import Proposal
from autonomous.model.testing import Comparison, TestReport


class Validated(msgspec.Struct, frozen=True):
    """A proposal that no layer of the validator vetoed."""

    proposal: Proposal
    checks: tuple[Check, ...]

    def __post_init__(self) -> None:
        """Raise ValueError when a check is a veto."""
        if any(check.verdict is Verdict.VETO for check in self.checks):
            raise ValueError(self.checks)


class Cleared(msgspec.Struct, frozen=True):
    """A proposal that passed the security validator too; `checks` holds the evidence of all layers."""

    validated: Validated
    checks: tuple[Check, ...]
    scores: Scores
    gate: Gate
    gate_reason: str

    @property
    def proposal(self) -> Proposal:
        """The proposal that was cleared."""
        return self.validated.proposal

    @property
    def evidence(self) -> tuple[Check, ...]:
        """Every check of both validators, in order."""
        return self.validated.checks + self.checks


class Approval(msgspec.Struct, frozen=True):
    """Somebody's yes to exactly one digest."""

    change: Digest
    by: str  # "alice", "policy safe"
    at: datetime
    reason: str = ""


class Rejection(msgspec.Struct, frozen=True):
    """Somebody's no to exactly one digest, with the reason that is kept."""

    change: Digest
    by: str
    at: datetime
    reason: str = ""


Decision: TypeAlias = Approval | Rejection


class Approved(msgspec.Struct, frozen=True):
    """A cleared proposal with the approval that names its digest."""

    cleared: Cleared
    approval: Approval

    def __post_init__(self) -> None:
        """Raise ApprovedSomethingElse when the approval names another digest."""
        wanted = self.cleared.proposal.change.digest
        if self.approval.change != wanted:
            raise ApprovedSomethingElse(approved=self.approval.change, found=wanted)

    @property
    def proposal(self) -> Proposal:
        """The proposal that was approved."""
        return self.cleared.proposal


class Implemented(msgspec.Struct, frozen=True):
    """An approved change as a commit on top of those before it; no branch points to it yet."""

    approved: Approved
    commit: str
    parent: str

    @property
    def proposal(self) -> Proposal:
        """The proposal that became a commit."""
        return self.approved.proposal


class Tested(msgspec.Struct, frozen=True):
    """An implemented change that the tests did not blame."""

    __test__ = False

    implemented: Implemented
    report: TestReport
    comparison: Comparison

    @property
    def proposal(self) -> Proposal:
        """The proposal that was tested."""
        return self.implemented.proposal


class Landed(msgspec.Struct, frozen=True):
    """A tested change on its branch: the end of the way."""

    tested: Tested
    commit: str
    branch: str

    @property
    def proposal(self) -> Proposal:
        """The proposal that landed."""
        return self.tested.proposal


class RolledBack(msgspec.Struct, frozen=True):
    """An implemented change that broke tests; the report is input for the next proposal."""

    implemented: Implemented
    report: TestReport
    comparison: Comparison
    reason: str

    @property
    def proposal(self) -> Proposal:
        """The proposal that was rolled back."""
        return self.implemented.proposal


class Dropped(msgspec.Struct, frozen=True):
    """An item that left the line, where and why: a value, recorded, never lost."""

    finding: Finding
    stage: StageName
    reason: str
    proposal: Proposal | None = None
    checks: tuple[Check, ...] = ()


Outcome: TypeAlias = Landed | RolledBack | Dropped
