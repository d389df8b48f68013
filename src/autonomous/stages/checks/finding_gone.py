"""The change does what it is for: its finding is not there any more."""

from autonomous.model.check import Check
from autonomous.model.finding import Finding
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.stages.checks.lines import changed_lines, touches
from autonomous.stages.checks.reading import Reading
from autonomous.stages.checks.verdict import passed, unknown, vetoed

NAME = "finding-gone"


def finding_gone(proposal: Proposal, _ports: Ports, reading: Reading) -> Check:
    """Veto unless the rule reports less in the file, and this finding in particular less often."""
    finding = proposal.finding
    if finding.engine != "own":
        return unknown(NAME, f"{finding.rule} was found by {finding.engine}, which is not asked again")
    edit = next((edit for edit in proposal.change.edits if edit.path == finding.path), None)
    if edit is None:
        return vetoed(NAME, f"the change leaves {finding.path} alone, where the finding is")
    before = _of_rule(reading.findings(edit.path, edit.before), finding)
    after = _of_rule(reading.findings(edit.path, edit.after), finding)
    if all(one.fingerprint != finding.fingerprint for one in before):
        return vetoed(NAME, f"{finding.rule} does not report this in {edit.path} any more: scan again")
    if len(after) >= len(before):
        return vetoed(
            NAME, f"{finding.rule} is found {len(after)} times, {len(before)} times before the change"
        )
    if not _gone(finding, before, after, changed_lines(edit).before):
        return vetoed(NAME, f"another {finding.rule} went away; the one in {_place(finding)} is still there")
    return passed(NAME, f"{finding.rule} is not found any more")


def _of_rule(findings: tuple[Finding, ...], wanted: Finding) -> list[Finding]:
    return [finding for finding in findings if finding.rule == wanted.rule]


def _gone(finding: Finding, before: list[Finding], after: list[Finding], removed: frozenset[int]) -> bool:
    """Tell whether it is this finding that went.

    A fingerprint counts equals within a symbol: when the first of two goes, the second takes its number. Then
    the last number is missing, and the lines that changed tell which of them it was.
    """
    left = {one.fingerprint for one in after}
    went = [one for one in before if one.fingerprint not in left]
    if any(one.fingerprint == finding.fingerprint for one in went):
        return True
    equals = any((one.symbol, one.message) == (finding.symbol, finding.message) for one in went)
    return equals and touches(finding, removed)


def _place(finding: Finding) -> str:
    return finding.symbol or f"line {finding.span.line}"
