"""Where each item of a run is, derived from what was kept about it."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from autonomous.adapters.sqlite.codec import load
from autonomous.adapters.sqlite.rows import DroppedRow, End, LandedRow, OutcomeRow, ProposalRow, RolledBackRow
from autonomous.model.check import Gate
from autonomous.model.finding import Finding
from autonomous.model.journey import Approval, Decision, Rejection
from autonomous.model.kinds import StageName
from autonomous.model.proposal import Proposal
from autonomous.model.workflow import ItemState

DECISIONS: dict[str, type[Decision]] = {"approved": Approval, "rejected": Rejection}


class Offer(NamedTuple):
    """One proposal of a run and what became of it so far."""

    id: str
    proposal: Proposal
    gate: Gate | None
    decision: Decision | None
    outcome: End | None

    @property
    def settled(self) -> bool:
        """True when somebody decided on it, or it ended."""
        return self.outcome is not None or self.decision is not None


_Ended: TypeAlias = dict[tuple[str, str], End]
_OFFERS = """
    SELECT p.id, p.value, c.gate, d.kind, d.value FROM run_proposals r JOIN proposals p ON p.id = r.proposal
    LEFT JOIN cleared c ON c.workflow = r.workflow AND c.proposal = p.id
    LEFT JOIN decisions d ON d.change = p.change WHERE r.workflow = ? ORDER BY r.seq"""


def items_of(db: sqlite3.Connection, workflow: str) -> tuple[ItemState, ...]:
    """Return a row for every proposal that was decided or ended, and one for every finding still open.

    Of the alternatives that nobody decided on, the first stands for all, and none is
    shown once another way to fix the same finding was approved.
    """
    found = db.execute("SELECT value FROM findings WHERE workflow = ? ORDER BY seq", (workflow,))
    findings = {item.fingerprint: item for item in (load(row[0], Finding) for row in found)}
    ended = _ended(db, workflow)
    offers = defaultdict[str, list[Offer]](list)
    for offer in _offers(db, workflow, ended):
        findings.setdefault(offer.proposal.finding.fingerprint, offer.proposal.finding)
        offers[offer.proposal.finding.fingerprint].append(offer)
    for row in ended.values():
        if isinstance(row, DroppedRow):
            findings.setdefault(row.finding.fingerprint, row.finding)
    return tuple(
        state
        for fingerprint, finding in findings.items()
        for state in _states(finding, offers[fingerprint], ended.get((fingerprint, "")))
    )


def _ended(db: sqlite3.Connection, workflow: str) -> _Ended:
    query = "SELECT finding, ifnull(proposal, ''), value FROM outcomes WHERE workflow = ? ORDER BY seq"
    rows = db.execute(query, (workflow,))
    return {(finding, proposal): load(value, OutcomeRow).end for finding, proposal, value in rows}


def _offers(db: sqlite3.Connection, workflow: str, ended: _Ended) -> Iterator[Offer]:
    for key, value, gate, kind, decision in db.execute(_OFFERS, (workflow,)):
        proposal = load(value, ProposalRow).proposal
        yield Offer(
            key,
            proposal,
            Gate(gate) if gate else None,
            load(decision, DECISIONS[kind]) if kind else None,
            ended.get((proposal.finding.fingerprint, key)),
        )


def _states(finding: Finding, offers: Sequence[Offer], dropped: End | None) -> Iterator[ItemState]:
    yield from (_offered(offer) for offer in offers if offer.settled)
    if isinstance(dropped, DroppedRow):
        yield _state(finding, dropped.stage, "dropped", reason=dropped.reason)
        return
    open_ones = [offer for offer in offers if not offer.settled]
    if open_ones and not any(_chosen(offer) for offer in offers):
        yield _offered(min(open_ones, key=lambda offer: (offer.gate is None, offer.proposal.alternative)))
    if not offers:
        yield _state(finding, StageName.SCANNER, "found")


def _chosen(offer: Offer) -> bool:
    """Tell whether the finding is settled by this proposal: it was approved, and did not fail since."""
    if offer.outcome is not None:
        return isinstance(offer.outcome, LandedRow)
    return isinstance(offer.decision, Approval)


def _offered(offer: Offer) -> ItemState:
    stage, outcome, reason, commit = _standing(offer)
    return _state(
        offer.proposal.finding,
        stage,
        outcome,
        reason=reason,
        title=offer.proposal.title,
        proposal=offer.id,
        commit=commit,
    )


def _standing(offer: Offer) -> tuple[StageName, str, str, str]:
    if offer.outcome is not None:
        return _end_of(offer.outcome, rejected=isinstance(offer.decision, Rejection))
    match offer.decision:
        case Approval(reason=reason):
            return StageName.APPROVER, "approved", reason, ""
        case Rejection(reason=reason):
            return StageName.APPROVER, "rejected", reason, ""
        case None if offer.gate is None:
            return StageName.PROPOSER, "proposed", "", ""
        case None:
            return StageName.SECURITY_VALIDATOR, "waiting", "", ""


def _end_of(end: End, *, rejected: bool) -> tuple[StageName, str, str, str]:
    match end:
        case LandedRow(commit=commit):
            return StageName.TEST_RUNNER, "landed", "", commit
        case RolledBackRow(made=made, reason=reason):
            return StageName.TEST_RUNNER, "rolled back", reason, made.commit
        case DroppedRow(stage=stage, reason=reason):
            by_person = rejected and stage is StageName.APPROVER
            return stage, "rejected" if by_person else "dropped", reason, ""


def _state(
    finding: Finding,
    stage: StageName,
    outcome: str,
    *,
    reason: str = "",
    title: str = "",
    proposal: str = "",
    commit: str = "",
) -> ItemState:
    return ItemState(
        finding=finding.fingerprint,
        path=finding.path,
        line=finding.span.line,
        rule=finding.rule,
        title=title or finding.title,
        stage=stage,
        outcome=outcome,
        reason=reason,
        proposal=proposal,
        commit=commit,
    )
