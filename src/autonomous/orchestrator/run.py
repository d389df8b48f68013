"""One run: its workflow row, its store and its messages; the only writer of what happens to items."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec

from autonomous.model.errors import LimitReached
from autonomous.model.event import EventKind, Payload
from autonomous.model.journey import Approval, Decision, Dropped, Landed, Outcome, RolledBack
from autonomous.model.testing import TestReport
from autonomous.model.workflow import Limits, Workflow, WorkflowStatus
from autonomous.orchestrator.events import Bus
from autonomous.ports import Ports
from autonomous.ports.checkpoints import Checkpoints
from autonomous.ports.clock import Clock
from autonomous.ports.git import Repository
from autonomous.ports.store import Store
from autonomous.rulebook.book import Rulebook
from autonomous.stages.security_validator import SecurityValidator
from autonomous.stages.validator import Validator


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """What the workspace chose for a run: rules, validators, and ports for any commit."""

    rulebook: Rulebook
    validator: Validator
    security_validator: SecurityValidator
    repository: Repository
    ports_at: Callable[[str], Ports]
    checkpoints: Checkpoints
    limits: Limits
    person: str  # who decides, as the audit log names them


@dataclass(slots=True, kw_only=True)
class Phase:
    """What a phase will have to say when it ends."""

    summary: str = ""


class Run:
    """Carries the state of one workflow through its phases."""

    def __init__(self, workflow: Workflow, *, store: Store, bus: Bus, clock: Clock) -> None:
        self.workflow, self.store, self.clock = workflow, store, clock
        self.limit: LimitReached | None = None  # what ended it early; what was finished is kept
        self.test_runs = 0  # that the search for culprits made so far, over all rounds
        self._bus = bus
        self._started = clock.steady()

    def beside(self, workflow: Workflow) -> "Run":
        """Return another workflow as a run whose messages are this one's: what this run does to it is told here."""
        return Run(workflow, store=self.store, bus=self._bus, clock=self.clock)

    def start(self) -> None:
        """Save the row and tell that the run begins."""
        self.store.save_workflow(self.workflow)
        facts: Payload = {"command": self.workflow.command, "targets": " ".join(self.workflow.targets)}
        self.tell(
            EventKind.RUN_STARTED, subject=self.workflow.id, payload={**facts, "base": self.workflow.base}
        )

    def change(self, **fields: object) -> None:
        """Replace fields of the workflow row, durably."""
        self.workflow = msgspec.structs.replace(self.workflow, **fields)
        self.store.save_workflow(self.workflow)

    def end(self, status: WorkflowStatus, *, reason: str = "") -> None:
        """Close the row and tell how it ended."""
        self.change(status=status, ended=self.clock.now())
        self.tell(EventKind.RUN_ENDED, subject=self.workflow.id, payload={"status": status, "reason": reason})

    def finish(self) -> None:
        """Close the row of a run that did what it was asked for."""
        self.end(WorkflowStatus.DONE)

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return self.clock.steady() - self._started

    def check_time(self, limits: Limits) -> None:
        """Raise LimitReached when the next step would begin after the time that a whole run may take."""
        if self.seconds >= limits.run_seconds:
            hint = f"go on: autonomous improve --resume {self.workflow.id}; or raise `run_seconds` in your settings"
            raise LimitReached("run_seconds", limit=limits.run_seconds, hint=hint)

    def tell(
        self,
        kind: EventKind,
        *,
        sender: str = "orchestrator",
        subject: str = "",
        payload: Payload | None = None,
    ) -> None:
        """Publish one message."""
        self._bus.publish(kind, sender=sender, subject=subject, payload=payload)

    @contextmanager
    def phase(self, name: str, *, total: int | None = None) -> Iterator[Phase]:
        """Tell that a phase begins, and how it ended with the summary that it left."""
        began = self.clock.steady()
        self.tell(EventKind.PHASE_STARTED, subject=name, payload={"phase": name, "total": total})
        phase = Phase()
        yield phase
        seconds = round(self.clock.steady() - began, 3)
        facts: Payload = {"phase": name, "summary": phase.summary, "seconds": seconds}
        self.tell(EventKind.PHASE_ENDED, subject=name, payload=facts)

    def decide(self, decision: Decision, *, proposal: str) -> None:
        """Tell a yes or a no, then record it: one that the audit log does not know must not land anything."""
        verdict = "approved" if isinstance(decision, Approval) else "refused"
        facts: Payload = {
            "verdict": verdict,
            "by": decision.by,
            "reason": decision.reason,
            "change": decision.change,
        }
        self.tell(EventKind.APPROVAL_DECISION, sender="approver", subject=proposal, payload=facts)
        self.store.save_decision(decision)

    def ended(self, outcomes: Sequence[Outcome]) -> None:
        """Record how items ended, then tell it; reports are kept with their failures alone."""
        self.store.save_outcomes([_slim(outcome) for outcome in outcomes], workflow=self.workflow.id)
        for outcome in outcomes:
            match outcome:
                case Dropped(finding=finding, stage=stage, reason=reason):
                    facts: Payload = {"rule": finding.rule, "path": finding.path, "reason": reason}
                    self.tell(EventKind.ITEM_DROPPED, sender=stage, subject=finding.id, payload=facts)
                case RolledBack(proposal=proposal, reason=reason):
                    self.tell(
                        EventKind.ROLLBACK_REQUEST,
                        sender="test_runner",
                        subject=proposal.id,
                        payload={"path": proposal.finding.path, "reason": reason},
                    )
                case Landed(proposal=proposal, commit=commit, branch=branch):
                    self.tell(
                        EventKind.CHANGE_LANDED,
                        subject=proposal.id,
                        payload={"commit": commit, "branch": branch},
                    )


def _slim(outcome: Outcome) -> Outcome:
    replace = msgspec.structs.replace
    match outcome:
        case Dropped():
            return outcome
        case RolledBack(report=report):
            return replace(outcome, report=slim(report))
        case Landed(tested=tested):
            return replace(outcome, tested=replace(tested, report=slim(tested.report)))


def slim(report: TestReport) -> TestReport:
    """Return the report with its failures alone."""
    bad = tuple(result for result in report.results if result.bad)
    return msgspec.structs.replace(report, results=bad, coverage=(), output_tail=report.output_tail[-4000:])
