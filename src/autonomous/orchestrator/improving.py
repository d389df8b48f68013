"""The whole line, from targets to a branch: rounds of scan, propose, validate, review, implement, test."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from autonomous.model.errors import LimitReached
from autonomous.model.event import EventKind
from autonomous.model.finding import Finding, ScanSummary, Target
from autonomous.model.journey import Approved, Cleared, Dropped, Landed, Outcome, RolledBack
from autonomous.model.kinds import StageName
from autonomous.model.testing import TestReport
from autonomous.model.workflow import WorkflowStatus
from autonomous.orchestrator.approving import Approving
from autonomous.orchestrator.history import branch_moved, mended_elsewhere
from autonomous.orchestrator.landing import NOT_NEEDED, Landing, baseline_phase, branch_name, land
from autonomous.orchestrator.proving import Proved, leave_out, propose_phase, prove_phase, without_overlaps
from autonomous.orchestrator.recovery import finish
from autonomous.orchestrator.run import Crew, Run
from autonomous.orchestrator.scanning import scan_phase
from autonomous.ports import Ports
from autonomous.ports.reviewer import Reviewer
from autonomous.stages.proposer import Proposer
from autonomous.stages.scanner import Scanner
from autonomous.stages.test_runner import UNPROVED

MOST_ROUNDS = 10


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What the person asked `improve` for."""

    target: Target
    without: frozenset[str] = frozenset()  # paths left out, for the person's own uncommitted changes
    auto_approve_safe: bool = False
    dry_run: bool = False  # stop the line before the implementer
    max_changes: int = 200
    branch: str = "auto/improve"


@dataclass(slots=True, kw_only=True)
class Result:
    """What became of a run so far; filled while it goes on, so that an interruption loses nothing."""

    outcomes: list[Outcome] = field(default_factory=list)
    waiting: list[Cleared] = field(default_factory=list)
    later: list[Proved] = field(default_factory=list)
    summary: ScanSummary | None = None
    baseline: TestReport = NOT_NEEDED
    branch: str = ""

    def landed(self) -> tuple[Landed, ...]:
        """Return what is on the branch now."""
        return tuple(item for item in self.outcomes if isinstance(item, Landed))

    def rolled_back(self) -> tuple[RolledBack, ...]:
        """Return what the tests blamed."""
        return tuple(item for item in self.outcomes if isinstance(item, RolledBack))

    def dropped(self) -> tuple[Dropped, ...]:
        """Return what left the line before."""
        return tuple(item for item in self.outcomes if isinstance(item, Dropped))

    def settled(self) -> int:
        """Count what no other change has to wait for any more: landed, blamed by tests, refused by a person, unfit."""
        judged = {StageName.APPROVER, StageName.IMPLEMENTER}
        return sum(not isinstance(item, Dropped) or item.stage in judged for item in self.outcomes)

    def closed(self) -> frozenset[str]:
        """Return the fingerprints of findings that ended without a change, or were left to a person.

        One that landed is gone: what has its fingerprint now was the next of several equal ones.
        """
        ended = {_finding(item).fingerprint for item in self.outcomes if not isinstance(item, Landed)}
        return frozenset(ended | {item.proposal.finding.fingerprint for item in self.waiting})


class Improvement:
    """Carries one request through its rounds."""

    def __init__(self, run: Run, *, crew: Crew, request: Request, reviewer: Reviewer | None) -> None:
        self._run, self._crew, self._request = run, crew, request
        self._approving = Approving(
            run, crew=crew, reviewer=reviewer, auto_approve_safe=request.auto_approve_safe
        )
        self.result = Result()
        self._elsewhere: dict[str, str] = {}

    def go(self) -> Result:
        """Run rounds until no change waits for what becomes of another one, at most ten; a limit ends them early."""
        try:
            self._rounds()
        except LimitReached as limit:
            self._run.limit = limit
        if self._run.limit is not None:
            self._run.end(WorkflowStatus.STOPPED, reason=str(self._run.limit))
        else:
            self._run.end(WorkflowStatus.WAITING if self.result.waiting else WorkflowStatus.DONE)
        return self.result

    def _rounds(self) -> None:
        tip, target = self._take_up(), self._request.target
        for _round in range(MOST_ROUNDS):
            self._run.check_time(self._crew.limits)
            settled_before = self.result.settled()
            self._round(tip, target)
            if self._run.limit or not self.result.later or self.result.settled() == settled_before:
                return
            landed = self.result.landed()
            tip = landed[-1].commit if landed else tip
            target = Target(tuple(sorted({p.chosen.proposal.finding.path for p in self.result.later})))

    def _take_up(self) -> str:
        """Go on from what an earlier process of this run left, and return the commit to work on."""
        finish(self._run, repository=self._crew.repository)
        self._elsewhere = mended_elsewhere(self._run.store, self._crew.repository, but=self._run.workflow.id)
        workflow = self._run.workflow
        outcomes = self._run.store.outcomes(workflow.id)
        self.result.outcomes += (item for item in outcomes if not _unproved(item))
        if not self.result.landed():
            self._run.change(branch="", tip="")  # of a run that was rolled back: its branch is gone
            return workflow.base
        at = self._crew.repository.refs(workflow.branch).get(workflow.branch, "")
        if at != workflow.tip:
            raise branch_moved(workflow.branch, at=at, left=workflow.tip, workflow=workflow)
        self.result.branch = workflow.branch
        return workflow.tip

    def _round(self, tip: str, target: Target) -> None:
        ports = self._crew.ports_at(tip)
        findings, tally = scan_phase(self._run, target, scanner=Scanner(self._crew.rulebook), ports=ports)
        if self.result.summary is None:
            self.result.summary = tally.summary(seconds=self._run.seconds)
        proved = self._prove(findings, tip, ports)
        fitting, later = without_overlaps(proved)
        self.result.later = list(later)
        if self._request.dry_run or not fitting:
            self.result.waiting += [one.chosen for one in fitting]
            return
        if self.result.baseline is NOT_NEEDED:
            self.result.baseline = baseline_phase(self._run, ports=ports, base=tip)
        approved, refused, waiting = self._approving.of(fitting, ports)
        self.result.outcomes += refused
        self.result.waiting += waiting
        if approved:
            self._land(approved, tip, ports)

    def _prove(self, findings: Sequence[Finding], tip: str, ports: Ports) -> tuple[Proved, ...]:
        room = min(self._request.max_changes, self._crew.limits.changes) - len(self.result.landed())
        closed = self.result.closed()
        wanted, mended = leave_out(
            self._run,
            [finding for finding in findings if self._is_open(finding, closed)],
            elsewhere=self._elsewhere,
        )
        self.result.outcomes += mended
        proposals, left = propose_phase(
            self._run,
            wanted,
            proposer=Proposer(self._crew.rulebook, tip),
            ports=ports,
            limit=max(room, 0),
        )
        self.result.outcomes += left
        if not proposals:
            return ()
        proved, refused = prove_phase(self._run, proposals, crew=self._crew, ports=ports)
        self.result.outcomes += refused
        return proved

    def _is_open(self, finding: Finding, closed: frozenset[str]) -> bool:
        return finding.fingerprint not in closed and finding.path not in self._request.without

    def _land(self, approved: Sequence[Approved], tip: str, ports: Ports) -> None:
        repository = self._crew.repository
        if not self._run.workflow.checkpoint:
            _checkpoint(self._run, self._crew)
        if not self.result.branch:
            taken = tuple(repository.refs("refs/heads/"))
            self.result.branch = branch_name(self._request.branch, taken)
        first = tip == self._run.workflow.base
        head = repository.head().commit
        current = self._crew.ports_at(head).files if first and head else ports.files
        landing = Landing(
            crew=self._crew,
            ports=ports,
            base=tip,
            branch=self.result.branch,
            current=current,
            baseline=self.result.baseline,
        )
        self.result.outcomes += land(self._run, approved, landing=landing)
        landed = self.result.landed()
        if landed:
            self.result.baseline = landed[-1].tested.report


def _checkpoint(run: Run, crew: Crew) -> None:
    checkpoint = crew.checkpoints.create(workflow=run.workflow.id, reason="before landing")
    run.change(checkpoint=checkpoint.id)
    run.tell(EventKind.CHECKPOINT_MADE, subject=checkpoint.id, payload={"files": checkpoint.files})


def _finding(outcome: RolledBack | Dropped) -> Finding:
    return outcome.finding if isinstance(outcome, Dropped) else outcome.proposal.finding


def _unproved(outcome: Outcome) -> bool:
    """Tell whether the tests blamed nobody: a limit ended the search before this change's turn."""
    return isinstance(outcome, RolledBack) and outcome.reason.endswith(UNPROVED)
