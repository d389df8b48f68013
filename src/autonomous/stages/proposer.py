"""Finding to proposals: every way that a rule knows to fix it, the preferred one first."""

from collections.abc import Iterator
from dataclasses import dataclass

from autonomous.analysis.source import SourceUnreadable, read_source
from autonomous.model.change import ChangeSet, FileEdit
from autonomous.model.finding import Finding
from autonomous.model.journey import Dropped
from autonomous.model.kinds import Safety, StageName
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.ports.files import FileUnreadable
from autonomous.rulebook.book import Rulebook

NO_FIX = "no rule can fix it: left to you"


@dataclass(frozen=True, slots=True)
class Proposer:
    """Rewrites the file as it is at `base`; a finding that is no longer there is dropped with that reason."""

    rulebook: Rulebook
    base: str  # commit id that the changes are made on

    def __call__(self, item: Finding, ports: Ports) -> Iterator[Proposal | Dropped]:
        """Yield proposals in order of preference, or one `Dropped` that says why there is none."""
        try:
            before = ports.files.read(item.path)
            source = read_source(item.path, before)
            rewrites = self.rulebook.rewrites(source, item)
            there = bool(rewrites) or self.rulebook.holds(source, item)
        except (FileUnreadable, SourceUnreadable) as error:
            yield Dropped(item, StageName.PROPOSER, error.reason)
            return
        applicable = [rewrite for rewrite in rewrites if rewrite.safety is not Safety.DISPLAY]
        if not applicable:
            shown = [f"a suggestion only: {rewrite.title}" for rewrite in rewrites[:1]]
            reason = shown[0] if shown else NO_FIX if there else self._gone()
            yield Dropped(item, StageName.PROPOSER, reason)
        for number, rewrite in enumerate(applicable):
            yield Proposal(
                finding=item,
                change=ChangeSet(self.base, (FileEdit(item.path, before, rewrite.after),)),
                writer=f"rule {item.rule}",
                safety=rewrite.safety,
                title=rewrite.title,
                why=item.message,
                benefits=rewrite.benefits,
                risks=rewrite.risks,
                effort=rewrite.effort,
                alternative=number,
            )

    def _gone(self) -> str:
        return f"no longer found at {self.base:.12}: the file changed since the scan, or is not committed"
