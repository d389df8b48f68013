"""The approve phase: the policy first, then a person; what nobody decided stays waiting."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from autonomous.model.check import Gate
from autonomous.model.journey import Approved, Cleared, Dropped
from autonomous.orchestrator.proving import Proved, judge
from autonomous.orchestrator.reviewing import Review
from autonomous.orchestrator.run import Crew, Run
from autonomous.orchestrator.scanning import count
from autonomous.ports import Ports
from autonomous.ports.reviewer import Reviewer
from autonomous.stages.approver import Approver


class Sorted(NamedTuple):
    """What came of the changes: approved ones, refused ones (already recorded), and those that wait."""

    approved: tuple[Approved, ...]
    refused: tuple[Dropped, ...]
    waiting: tuple[Cleared, ...]


class Approving:
    """Brings each change to a decision, if there is one to be had.

    One for all rounds of a run: who has left, or said yes to all of a rule, is not asked again.
    """

    def __init__(self, run: Run, *, crew: Crew, reviewer: Reviewer | None, auto_approve_safe: bool) -> None:
        self._run, self._crew, self._reviewer = run, crew, reviewer
        self._approver = Approver(auto_approve_safe=auto_approve_safe)
        self._rules: frozenset[str] = frozenset()

    def of(self, proved: Sequence[Proved], ports: Ports) -> Sorted:
        """Ask about what neither the policy nor an earlier decision settles, then sort everything."""
        undecided = [one for one in proved if not tuple(self._approver(one.chosen, ports))]
        items = {one.chosen.proposal.id: one.chosen for one in proved}
        self._say_how_many([one for one in proved if one not in undecided], ports, waiting=len(undecided))
        if undecided and self._reviewer is not None:
            review = Review(
                self._run,
                reviewer=self._reviewer,
                person=self._crew.person,
                judge=partial(judge, self._run, crew=self._crew, ports=ports),
                rules=self._rules,
            )
            others = {one.chosen.proposal.id: one.others for one in undecided}
            seen = review.of([one.chosen for one in undecided], others)
            for one, item in zip(undecided, seen, strict=True):
                items[one.chosen.proposal.id] = item
            self._rules = frozenset(review.rules)
            self._reviewer = None if review.left else self._reviewer
        return self._sort(tuple(items.values()), ports)

    def _sort(self, items: Sequence[Cleared], ports: Ports) -> Sorted:
        approved: list[Approved] = []
        refused: list[Dropped] = []
        waiting: list[Cleared] = []
        for item in items:
            match next(iter(self._approver(item, ports)), None):
                case None:
                    waiting.append(item)
                case Dropped() as dropped:
                    refused.append(dropped)
                case Approved(approval=approval) as ticket:
                    if item.gate is Gate.AUTO and ports.decisions.decision(approval.change) is None:
                        self._run.decide(approval, proposal=item.proposal.id)
                    approved.append(ticket)
        self._run.ended(refused)
        return Sorted(tuple(approved), tuple(refused), tuple(waiting))

    def _say_how_many(self, settled: Sequence[Proved], ports: Ports, *, waiting: int) -> None:
        decisions = (ports.decisions.decision(one.chosen.proposal.change.digest) for one in settled)
        before = sum(decision is not None for decision in decisions)
        policy = len(settled) - before
        parts = [f"{count(policy, 'change')} approved by policy"] if policy else []
        parts += [f"{count(before, 'answer')} from before"] if before else []
        parts += [f"{waiting} {'wait' if waiting != 1 else 'waits'} for you"] if waiting else []
        with self._run.phase("approve") as phase:
            phase.summary = "; ".join(parts)
