"""Parts of the public JSON documents: values of the model without bytes, as a reader outside may rely on them."""

from datetime import datetime
from typing import Literal

import msgspec

from autonomous.model.check import Check, Gate, Scores
from autonomous.model.finding import Finding
from autonomous.model.journey import Approval, Cleared, Decision, Dropped, Landed, Outcome
from autonomous.model.kinds import Effort, Safety
from autonomous.model.proposal import Proposal
from autonomous.model.testing import Comparison, RunStatus, TestResult
from autonomous.model.workflow import ItemState, Workflow


class EditFacts(msgspec.Struct, frozen=True):
    """One file of a change as a unified diff; bytes that are not UTF-8 stand in it as escapes."""

    path: str
    diff: str
    lines_added: int
    lines_removed: int


class ProposalFacts(msgspec.Struct, frozen=True):
    """A proposal without its bytes: `change` is the digest that an approval names."""

    id: str
    change: str
    base: str
    finding: Finding
    writer: str
    safety: Safety
    title: str
    why: str
    benefits: tuple[str, ...]
    risks: tuple[str, ...]
    effort: Effort
    alternative: int
    edits: tuple[EditFacts, ...]

    @classmethod
    def of(cls, proposal: Proposal) -> "ProposalFacts":
        """Take what is public of a proposal."""
        edits = tuple(EditFacts(e.path, e.diff(), *e.added_and_removed()) for e in proposal.change.edits)
        p = proposal
        return cls(
            p.id, p.change.digest, p.change.base, p.finding, p.writer, p.safety, p.title, p.why, p.benefits,
            p.risks, p.effort, p.alternative, edits,
        )  # fmt: skip


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What the validators said of one proposal; scores and gate are absent when a check vetoed it."""

    proposal: ProposalFacts
    cleared: bool
    checks: tuple[Check, ...]
    reason: str
    scores: Scores | None = None
    gate: Gate | None = None

    @classmethod
    def of(cls, item: Cleared | Dropped) -> "Judgement":
        """Take what is public; raises ValueError for an item that was dropped before it was proposed."""
        if isinstance(item, Cleared):
            facts = ProposalFacts.of(item.proposal)
            reason, scores, gate = item.gate_reason, item.scores, item.gate
            return cls(
                proposal=facts, cleared=True, checks=item.evidence, reason=reason, scores=scores, gate=gate
            )
        if item.proposal is None:
            raise ValueError(item.finding.fingerprint)
        facts = ProposalFacts.of(item.proposal)
        return cls(proposal=facts, cleared=False, checks=item.checks, reason=item.reason)


class DecisionFacts(msgspec.Struct, frozen=True):
    """Somebody's yes or no to the change with this digest."""

    change: str
    approved: bool
    by: str
    at: datetime
    reason: str

    @classmethod
    def of(cls, decision: Decision) -> "DecisionFacts":
        """Take what is public of a decision."""
        approved = isinstance(decision, Approval)
        return cls(decision.change, approved, decision.by, decision.at, decision.reason)


class OutcomeFacts(msgspec.Struct, frozen=True, kw_only=True):
    """How one item ended; `commit` and `branch` only where there is one."""

    outcome: Literal["landed", "rolled back", "dropped"]
    finding: Finding
    proposal: str = ""
    title: str = ""
    stage: str = ""
    reason: str = ""
    commit: str = ""
    branch: str = ""

    @classmethod
    def of(cls, item: Outcome) -> "OutcomeFacts":
        """Take what is public of an outcome."""
        if isinstance(item, Dropped):
            wanted = item.proposal
            return cls(
                outcome="dropped",
                finding=item.finding,
                proposal=wanted.id if wanted else "",
                title=wanted.title if wanted else "",
                stage=item.stage,
                reason=item.reason,
            )
        finding, proposal = item.proposal.finding, item.proposal
        if isinstance(item, Landed):
            return cls(
                outcome="landed", finding=finding, proposal=proposal.id, title=proposal.title,
                commit=item.commit, branch=item.branch,
            )  # fmt: skip
        return cls(
            outcome="rolled back", finding=finding, proposal=proposal.id, title=proposal.title,
            commit=item.implemented.commit, reason=item.reason,
        )  # fmt: skip


class TestFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One run of the repository's tests, compared with the run before the changes where there was one."""

    __test__ = False

    status: RunStatus
    reason: str
    passed: int
    failed: int
    skipped: int
    seconds: float
    sandbox: str
    covered_percent: float | None = None
    comparison: Comparison | None = None
    failures: tuple[TestResult, ...] = ()


class RuleFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One rule as its folder gives it."""

    id: str
    name: str
    title: str
    category: str
    severity: str
    confidence: float
    fix: Safety | None
    cwe: tuple[int, ...] = ()
    owasp: str = ""
    references: tuple[str, ...] = ()
    explanation: str = ""


class ComplaintFacts(msgspec.Struct, frozen=True):
    """What does not hold of a rule; `case` is empty when it is the folder as a whole."""

    rule: str
    case: str
    what: str


class Provision(msgspec.Struct, frozen=True):
    """One thing that `doctor` looked for; `hint` says how to get it when it is missing."""

    name: str
    found: bool
    detail: str
    hint: str = ""
    optional: bool = False


class RunFacts(msgspec.Struct, frozen=True):
    """One run; `killed` means that it still counts as running but its process is gone."""

    workflow: Workflow
    items: tuple[ItemState, ...]
    killed: bool = False


class Fault(msgspec.Struct, frozen=True):
    """What happened, to which thing, what to do next."""

    what: str
    detail: str
    hint: str
    exit_code: int
