"""A second run changes nothing: the rule has no more to say about the lines it wrote."""

from autonomous.model.change import FileEdit
from autonomous.model.check import Check
from autonomous.model.finding import Finding
from autonomous.model.patch import hunks_between
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.stages.checks.reading import Reading
from autonomous.stages.checks.verdict import passed, python_edits, vetoed

NAME = "stable"


def stable(proposal: Proposal, _ports: Ports, reading: Reading) -> Check:
    """Veto when the same rule would rewrite a line that the change has just written."""
    for edit in python_edits(proposal):
        if edit.after is None:
            continue
        written = written_lines(edit)
        for finding in reading.findings(edit.path, edit.after):
            if finding.rule == proposal.finding.rule and _touches(finding, written):
                ways = reading.rewrites(edit.path, edit.after, finding)
                if any(way.after != edit.after for way in ways):
                    return vetoed(
                        NAME, f"{finding.rule} would rewrite {edit.path}:{finding.span.line} once more"
                    )
    return passed(NAME, "a second run changes nothing")


def written_lines(edit: FileEdit) -> frozenset[int]:
    """Return the numbers, from 1, of the lines after the change that it wrote."""
    lines: set[int] = set()
    shift = 0
    for hunk in hunks_between(edit.before or b"", edit.after or b""):
        first = hunk.start + shift + 1
        lines.update(range(first, first + len(hunk.lines)))
        shift += len(hunk.lines) - (hunk.end - hunk.start)
    return frozenset(lines)


def _touches(finding: Finding, lines: frozenset[int]) -> bool:
    return any(line in lines for line in range(finding.span.line, finding.span.end_line + 1))
