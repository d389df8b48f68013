"""Ask a person about each waiting change; every answer is a row in the store before the next question."""

from collections.abc import Callable, Mapping, Sequence
from typing import assert_never

import msgspec

from autonomous.model.change import ChangeSet, FileEdit
from autonomous.model.digest import Digest
from autonomous.model.journey import Approval, Cleared, Dropped, Rejection
from autonomous.model.kinds import Safety
from autonomous.model.proposal import Proposal
from autonomous.orchestrator.run import Run
from autonomous.ports.reviewer import AllOfRule, Alternative, Modify, No, Quit, Reviewer, Skip, Yes

Judge = Callable[[Proposal], Cleared | Dropped]


class Review:
    """One sitting: goes through the waiting changes in order and keeps what was answered."""

    def __init__(
        self, run: Run, *, reviewer: Reviewer, person: str, judge: Judge, rules: frozenset[str] = frozenset()
    ) -> None:
        """`rules` are those of which the person has approved every change already."""
        self._run, self._reviewer, self._person, self._judge = run, reviewer, person, judge
        self.rules = set(rules)
        self.left = False  # the person wants to be asked no more

    def of(
        self, waiting: Sequence[Cleared], others: Mapping[Digest, Sequence[Cleared]]
    ) -> tuple[Cleared, ...]:
        """Ask about each; return the changes in the form in which they were decided or left.

        `others` maps a proposal's id to the other ways to fix its finding.
        """
        seen: list[Cleared] = []
        for number, item in enumerate(waiting, start=1):
            if item.proposal.finding.rule in self.rules:
                self._say_yes(item, "all of the rule")
                seen.append(item)
                continue
            ended = self._ask(item, number, len(waiting), tuple(others.get(item.proposal.id, ())))
            if ended is None:
                self.left = True
                seen += waiting[number - 1 :]
                break
            seen.append(ended)
        return tuple(seen)

    def _ask(self, item: Cleared, number: int, total: int, ways: tuple[Cleared, ...]) -> Cleared | None:
        """Ask until there is an answer; None when the person leaves."""
        while True:
            match self._reviewer.ask(item, position=number, total=total, alternatives=ways):
                case Yes(reason=reason):
                    self._say_yes(item, reason)
                    return item
                case No(reason=reason):
                    change = item.proposal.change.digest
                    no = Rejection(change, by=self._person, at=self._run.clock.now(), reason=reason)
                    self._run.decide(no, proposal=item.proposal.id)
                    return item
                case AllOfRule():
                    self.rules.add(item.proposal.finding.rule)
                    self._say_yes(item, "all of the rule")
                    return item
                case Alternative():
                    if ways:
                        item, ways = ways[0], (*ways[1:], item)
                case Modify(path=path, after=after):
                    item = self._modified(item, path, after)
                case Skip():
                    return item
                case Quit():
                    return None
                case never:
                    assert_never(never)

    def _say_yes(self, item: Cleared, reason: str) -> None:
        change = item.proposal.change.digest
        yes = Approval(change, by=self._person, at=self._run.clock.now(), reason=reason)
        self._run.decide(yes, proposal=item.proposal.id)

    def _modified(self, item: Cleared, path: str, after: bytes) -> Cleared:
        proposal = edited(item.proposal, path, after)
        self._run.store.save_proposals([proposal], workflow=self._run.workflow.id)
        match self._judge(proposal):
            case Cleared() as cleared:
                return cleared
            case Dropped(reason=reason):
                self._reviewer.tell(f"your version was refused: {reason}")
                return item
            case never:
                assert_never(never)


def edited(proposal: Proposal, path: str, after: bytes) -> Proposal:
    """Return the proposal with a person's version of one file."""
    edits = tuple(
        FileEdit(edit.path, edit.before, after) if edit.path == path else edit
        for edit in proposal.change.edits
    )
    return msgspec.structs.replace(
        proposal, change=ChangeSet(proposal.change.base, edits), writer="person", safety=Safety.REVIEW
    )
