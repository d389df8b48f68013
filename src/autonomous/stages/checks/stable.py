"""A second run changes nothing: the rule has no more to say about the lines it wrote."""

from collections.abc import Iterable

from autonomous.model.check import Check
from autonomous.model.finding import Finding
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.stages.checks.lines import changed_lines, touches
from autonomous.stages.checks.reading import Reading
from autonomous.stages.checks.verdict import passed, python_edits, vetoed

NAME = "stable"


def stable(proposal: Proposal, _ports: Ports, reading: Reading) -> Check:
    """Veto when the same rule would rewrite a line that the change has just written.

    Other findings of the rule that shared the line before wait for their own turn; they are not held against it.
    """
    for edit in python_edits(proposal):
        if edit.after is None:
            continue
        lines = changed_lines(edit)
        others = _on(reading.findings(edit.path, edit.before), lines.before, proposal.finding.rule)
        waiting = sum(other.fingerprint != proposal.finding.fingerprint for other in others)
        found = _on(reading.findings(edit.path, edit.after), lines.after, proposal.finding.rule)
        for finding in found[waiting:]:
            if _rewritten(edit.path, edit.after, finding, reading):
                return vetoed(NAME, f"{finding.rule} would rewrite {edit.path}:{finding.span.line} once more")
    return passed(NAME, "a second run changes nothing")


def _on(findings: Iterable[Finding], lines: frozenset[int], rule: str) -> list[Finding]:
    return [finding for finding in findings if finding.rule == rule and touches(finding, lines)]


def _rewritten(path: str, data: bytes, finding: Finding, reading: Reading) -> bool:
    return any(way.after != data for way in reading.rewrites(path, data, finding))
