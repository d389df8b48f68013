"""What rows hold: values of the journey, taken apart so that files and test reports are kept only once."""

import sqlite3
from typing import TypeAlias

import msgspec

from autonomous.adapters.sqlite.codec import DamagedRow, fetch, keep, load
from autonomous.model.change import ChangeSet, FileEdit
from autonomous.model.check import Check, Gate, Scores
from autonomous.model.digest import Digest
from autonomous.model.errors import ApprovedSomethingElse
from autonomous.model.finding import Finding
from autonomous.model.journey import (
    Approval,
    Approved,
    Cleared,
    Dropped,
    Implemented,
    Landed,
    Outcome,
    RolledBack,
    Tested,
    Validated,
)
from autonomous.model.kinds import StageName
from autonomous.model.proposal import Proposal
from autonomous.model.testing import Comparison, TestReport


class EditRow(msgspec.Struct, frozen=True):
    """A file edit whose bytes lie in `contents`."""

    path: str
    before: Digest | None
    after: Digest | None


class ProposalRow(msgspec.Struct, frozen=True):
    """A proposal without the bytes of its change."""

    proposal: Proposal
    edits: tuple[EditRow, ...]


class EvidenceRow(msgspec.Struct, frozen=True):
    """What `Cleared` adds to a proposal."""

    validated: tuple[Check, ...]
    secured: tuple[Check, ...]
    scores: Scores
    gate: Gate
    gate_reason: str


class CommitRow(msgspec.Struct, frozen=True):
    """What `Implemented` and its test run add to a proposal, the report left out."""

    evidence: EvidenceRow
    approval: Approval
    commit: str
    parent: str
    comparison: Comparison


class LandedRow(msgspec.Struct, frozen=True, tag="landed"):
    """A change on its branch."""

    made: CommitRow
    commit: str
    branch: str


class RolledBackRow(msgspec.Struct, frozen=True, tag="rolled back"):
    """A change that broke tests."""

    made: CommitRow
    reason: str


class DroppedRow(msgspec.Struct, frozen=True, tag="dropped"):
    """An item that left the line."""

    finding: Finding
    stage: StageName
    reason: str
    checks: tuple[Check, ...]


End: TypeAlias = LandedRow | RolledBackRow | DroppedRow


class OutcomeRow(msgspec.Struct, frozen=True):
    """How an item ended."""

    end: End


def proposal_row(db: sqlite3.Connection, proposal: Proposal) -> ProposalRow:
    """Take a proposal apart and keep its bytes."""
    edits = tuple(
        EditRow(
            edit.path,
            None if edit.before is None else keep(db, edit.before),
            None if edit.after is None else keep(db, edit.after),
        )
        for edit in proposal.change.edits
    )
    bare = msgspec.structs.replace(proposal, change=ChangeSet(proposal.change.base, ()))
    return ProposalRow(bare, edits)


def whole_proposal(db: sqlite3.Connection, text: str) -> Proposal:
    """Put a proposal together again."""
    row = load(text, ProposalRow)
    edits = tuple(
        FileEdit(
            edit.path,
            None if edit.before is None else fetch(db, edit.before),
            None if edit.after is None else fetch(db, edit.after),
        )
        for edit in row.edits
    )
    change = ChangeSet(row.proposal.change.base, edits)
    return msgspec.structs.replace(row.proposal, change=change)


def evidence_row(item: Cleared) -> EvidenceRow:
    """Take from a cleared proposal what it adds to the proposal."""
    return EvidenceRow(item.validated.checks, item.checks, item.scores, item.gate, item.gate_reason)


def whole_cleared(proposal: Proposal, row: EvidenceRow) -> Cleared:
    """Put a cleared proposal together again."""
    return Cleared(Validated(proposal, row.validated), row.secured, row.scores, row.gate, row.gate_reason)


def outcome_row(outcome: Outcome) -> OutcomeRow:
    """Take from an outcome what it adds to its proposal and its report."""
    return OutcomeRow(_end(outcome))


def _end(outcome: Outcome) -> End:
    match outcome:
        case Landed(tested=tested, commit=commit, branch=branch):
            return LandedRow(_commit_row(tested.implemented, tested.comparison), commit, branch)
        case RolledBack(implemented=implemented, comparison=comparison, reason=reason):
            return RolledBackRow(_commit_row(implemented, comparison), reason)
        case Dropped(finding=finding, stage=stage, reason=reason, checks=checks):
            return DroppedRow(finding, stage, reason, checks)


def _commit_row(item: Implemented, comparison: Comparison) -> CommitRow:
    evidence = evidence_row(item.approved.cleared)
    return CommitRow(evidence, item.approved.approval, item.commit, item.parent, comparison)


def whole_outcome(end: End, *, proposal: Proposal | None, report: TestReport | None) -> Outcome:
    """Put an outcome together again; raises DamagedRow when its parts do not belong together."""
    if isinstance(end, DroppedRow):
        return Dropped(end.finding, end.stage, end.reason, proposal, end.checks)
    if proposal is None or report is None:
        raise DamagedRow("a change that was tested has lost its proposal or its report")
    cleared = whole_cleared(proposal, end.made.evidence)
    try:
        approved = Approved(cleared, end.made.approval)
    except ApprovedSomethingElse as error:
        raise DamagedRow(str(error)) from error
    made = Implemented(approved, end.made.commit, end.made.parent)
    if isinstance(end, LandedRow):
        return Landed(Tested(made, report, end.made.comparison), end.commit, end.branch)
    return RolledBack(made, report, end.made.comparison, end.reason)
