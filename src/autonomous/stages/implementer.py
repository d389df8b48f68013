"""Approved to implemented: one commit per change, stacked on the base as objects; no branch moves here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autonomous.model.journey import Approved, Dropped, Implemented
from autonomous.model.kinds import StageName
from autonomous.ports import Ports
from autonomous.ports.files import Files
from autonomous.ports.git import CommitStep, Repository
from autonomous.stages.commit_message import commit_message
from autonomous.stages.compose import Conflict, Stacked, contents_of, stack


@dataclass(frozen=True, slots=True, kw_only=True)
class Implementer:
    """Makes commits on `base`. `current` is the tree as it is now: a file that moved on there is refused.

    Takes nothing but `Approved`, whose digest covers every byte that lands.
    """

    base: str
    repository: Repository
    current: Files

    def __call__(self, item: Sequence[Approved], ports: Ports) -> Iterator[Implemented | Dropped]:
        """Yield the changes that became commits, in order, and those that do not fit, with the reason."""
        fitting: list[Approved] = []
        for approved in item:
            if moved := self._moved_on(approved):
                yield _dropped(
                    approved, f"changed since approval: {moved} is no longer the file that was approved"
                )
            else:
                fitting.append(approved)
        steps: list[Stacked] = []
        for placed in stack(self.base, fitting, ports.files):
            match placed:
                case Conflict(approved=approved, reason=reason):
                    yield _dropped(approved, reason)
                case Stacked():
                    steps.append(placed)
        yield from self._commits(steps)

    def _commits(self, steps: Sequence[Stacked]) -> Iterator[Implemented]:
        wanted = [CommitStep(step.contents, commit_message(step.approved)) for step in steps]
        parent = self.base
        for step, commit in zip(steps, self.repository.stack(self.base, wanted), strict=True):
            yield Implemented(step.approved, commit, parent)
            parent = commit

    def _moved_on(self, approved: Approved) -> str:
        change = approved.proposal.change
        if change.base != self.base:
            return change.paths[0]
        return next((e.path for e in change.edits if contents_of(e.path, self.current) != e.before), "")


def _dropped(approved: Approved, reason: str) -> Dropped:
    proposal = approved.proposal
    return Dropped(proposal.finding, StageName.IMPLEMENTER, reason, proposal, approved.cleared.evidence)
