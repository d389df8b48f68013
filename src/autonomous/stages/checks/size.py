"""A change is small enough to be read."""

from dataclasses import dataclass

from autonomous.model.check import Check
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.stages.checks.reading import Reading
from autonomous.stages.checks.verdict import passed, vetoed

NAME = "size"


@dataclass(frozen=True, slots=True)
class Size:
    """Vetoes a change of more than `lines` lines, added and removed together."""

    lines: int

    def __call__(self, proposal: Proposal, _ports: Ports, _reading: Reading) -> Check:
        """Count the lines of all edits."""
        count = changed_lines(proposal)
        if count > self.lines:
            return vetoed(NAME, f"{count} changed lines, {self.lines} are allowed (limits.changed_lines)")
        return passed(NAME, f"{count} changed lines")


def changed_lines(proposal: Proposal) -> int:
    """Count lines added and removed by all edits."""
    return sum(sum(edit.added_and_removed()) for edit in proposal.change.edits)
