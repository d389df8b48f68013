"""What bandit, detect-secrets and others that are plugged in report after the change but not before it."""

from collections import Counter
from functools import lru_cache

from autonomous.analysis.source import SourceUnreadable
from autonomous.model.change import FileEdit
from autonomous.model.check import Check
from autonomous.model.issue import Issue
from autonomous.model.kinds import Severity
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.ports.analyzer import AnalysisFailed, FileAnalyzer
from autonomous.stages.checks.narrowed import narrowed
from autonomous.stages.checks.reading import Reading
from autonomous.stages.checks.verdict import named, passed, unknown, vetoed, warned

_REMEMBERED = 256


class SecondOpinion:
    """Asks one analyzer: new from high on is a veto, medium a warning, below that it is only told.

    The tools' lowest class is advice about what a reviewer should keep in mind (bandit reports every
    import of `subprocess`), so a change from a shell to a list must be able to bring one.
    """

    def __init__(self, analyzer: FileAnalyzer) -> None:
        self.name = analyzer.name
        self._issues = lru_cache(_REMEMBERED)(analyzer.issues)

    def __call__(self, proposal: Proposal, _ports: Ports, reading: Reading) -> Check:
        """Compare the reports before and after by their keys, which hold no line."""
        new: list[Issue] = []
        for edit in proposal.change.edits:
            old, new_text = _sides(edit, reading)
            try:
                before = self._issues(edit.path, old) if old is not None else ()
                after = self._issues(edit.path, new_text) if new_text is not None else ()
            except AnalysisFailed as fault:
                return unknown(self.name, fault.reason)
            came = Counter(issue.key for issue in after) - Counter(issue.key for issue in before)
            for issue in after:
                if came[issue.key] > 0:
                    came[issue.key] -= 1
                    new.append(issue)
        return self._verdict(sorted(new, key=lambda issue: issue.severity.rank))

    def _verdict(self, new: list[Issue]) -> Check:
        if not new:
            return passed(self.name, f"{self.name} reports nothing new")
        reason = named(
            tuple(f"{issue.path}:{issue.span.line} {issue.message} [{issue.code}]" for issue in new)
        )
        if new[0].severity.at_least(Severity.HIGH):
            return vetoed(self.name, f"new: {reason}")
        if new[0].severity.at_least(Severity.MEDIUM):
            return warned(self.name, f"new: {reason}")
        return passed(self.name, f"nothing new above low; {reason}")


def _sides(edit: FileEdit, reading: Reading) -> tuple[bytes | None, bytes | None]:
    """Return what the analyzer has to read of both sides: the whole, where one of them cannot be parsed."""
    if edit.before is None or edit.after is None:
        return edit.before, edit.after
    try:
        return narrowed(reading.source(edit.path, edit.before), reading.source(edit.path, edit.after))
    except SourceUnreadable:
        return edit.before, edit.after
