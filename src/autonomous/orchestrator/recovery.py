"""The intent of a landing, and how a run that was killed in the midst of one brings it to its end."""

from collections.abc import Sequence
from typing import Final, Self

import msgspec

from autonomous.model.journey import Approval, Approved, Implemented, Landed, Rejection, Tested
from autonomous.model.testing import Comparison, TestReport
from autonomous.orchestrator.history import branch_moved
from autonomous.orchestrator.run import Run, slim
from autonomous.ports.git import RefUpdate, Repository
from autonomous.ports.store import UnknownId

_KEY: Final = "landing"


class Step(msgspec.Struct, frozen=True):
    """One commit that is about to land."""

    proposal: str
    approval: Approval
    commit: str
    parent: str


class Intent(msgspec.Struct, frozen=True):
    """What is about to land where: in the run's row from before the branch moves until each outcome is kept."""

    branch: str
    old: str  # what the branch points to before, empty: it is not there
    steps: tuple[Step, ...]
    report: TestReport  # of the last test run, its failures alone
    comparison: Comparison

    @classmethod
    def of(cls, landed: Sequence[Landed], *, old: str) -> Self:
        """Return the intent to land these, in this order."""
        made = [item.tested.implemented for item in landed]
        return cls(
            branch=landed[-1].branch,
            old=old,
            steps=tuple(
                Step(each.proposal.id, each.approved.approval, each.commit, each.parent) for each in made
            ),
            report=slim(landed[-1].tested.report),
            comparison=landed[-1].tested.comparison,
        )

    @property
    def tip(self) -> str:
        """What the branch points to afterwards."""
        return self.steps[-1].commit

    def landed(self, run: Run) -> tuple[Landed, ...]:
        """Return the changes as they are once the branch has moved; raises UnknownId for one the store lost."""
        return tuple(self._landed(step, run) for step in self.steps)

    def _landed(self, step: Step, run: Run) -> Landed:
        cleared = run.store.cleared(step.proposal)
        if cleared is None:
            raise UnknownId("proposal", step.proposal, hint="begin anew: autonomous improve")
        implemented = Implemented(Approved(cleared, step.approval), step.commit, step.parent)
        return Landed(Tested(implemented, self.report, self.comparison), step.commit, self.branch)


def publish(run: Run, landed: Sequence[Landed], *, repository: Repository) -> None:
    """Write the intent, move the branch, record the outcomes, take the intent out: each is durable by itself.

    Raises Refused, before anything is written, when the branch is not where this run left it.
    """
    ours = run.workflow.branch == landed[-1].branch
    intent = Intent.of(landed, old=run.workflow.tip if ours else "")
    at = repository.refs(intent.branch).get(intent.branch, "")
    if at != intent.old:
        raise branch_moved(intent.branch, at=at, left=intent.old, workflow=run.workflow)
    options = {**run.workflow.options, _KEY: msgspec.json.encode(intent).decode()}
    run.change(branch=intent.branch, tip=intent.tip, options=options)
    _move(intent, repository)
    _record(run, landed)


def finish(run: Run, *, repository: Repository) -> None:
    """Bring a landing to its end that was cut off after its intent; does nothing where there was none.

    The branch is moved unless it was, and the outcomes are kept. A change that somebody refused in between keeps
    a branch that did not move yet where it is. Raises Refused when the branch is neither where it was nor where
    it should be.
    """
    text = run.workflow.options.get(_KEY)
    if text is None:
        return
    intent = msgspec.json.decode(text, type=Intent)
    at = repository.refs(intent.branch).get(intent.branch, "")
    landed = intent.landed(run)
    if at == intent.old:
        if any(isinstance(run.store.decision(step.approval.change), Rejection) for step in intent.steps):
            _forget(run, branch=intent.branch if intent.old else "", tip=intent.old)
            return
        _move(intent, repository)
    elif not (at and repository.contains(intent.tip, tip=at)):
        raise branch_moved(intent.branch, at=at, left=intent.tip, workflow=run.workflow)
    _record(run, landed)


def _move(intent: Intent, repository: Repository) -> None:
    repository.update_refs([RefUpdate(intent.branch, intent.old, intent.tip)])


def _record(run: Run, landed: Sequence[Landed]) -> None:
    run.ended(landed)
    _forget(run)


def _forget(run: Run, **fields: object) -> None:
    options = {key: value for key, value in run.workflow.options.items() if key != _KEY}
    run.change(options=options, **fields)
