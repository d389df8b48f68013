"""The change mends without breaking: no rule reports what it did not report before."""

from collections import Counter
from collections.abc import Iterator

from autonomous.model.change import FileEdit
from autonomous.model.check import Check
from autonomous.model.finding import Finding
from autonomous.model.kinds import Category
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.stages.checks.reading import Reading
from autonomous.stages.checks.verdict import named, passed, python_edits, vetoed

NAME = "nothing-new"
SECURITY_NAME = "security-rules"


def nothing_new(proposal: Proposal, _ports: Ports, reading: Reading) -> Check:
    """Veto when any rule of the rulebook reports something new."""
    new = tuple(new_findings(proposal, reading))
    if new:
        return vetoed(NAME, f"the change brings {named(tuple(map(_words, new)))}")
    return passed(NAME, "no rule finds anything new")


def security_rules(proposal: Proposal, _ports: Ports, reading: Reading) -> Check:
    """Veto when a security rule reports something new."""
    new = tuple(f for f in new_findings(proposal, reading) if f.category is Category.SECURITY)
    if new:
        return vetoed(SECURITY_NAME, f"the change brings {named(tuple(map(_words, new)))}")
    return passed(SECURITY_NAME, "no security rule finds anything new")


def new_findings(proposal: Proposal, reading: Reading) -> Iterator[Finding]:
    """Yield what is found after the change only; raises SourceUnreadable.

    A fingerprint covers the code that was found. A finding on a whole function gets another one when a
    line of it is mended, so a new fingerprint counts only where no other of its rule in its symbol went.
    """
    for edit in python_edits(proposal):
        yield from _new_in(edit, proposal.finding, reading)


def _new_in(edit: FileEdit, mended: Finding, reading: Reading) -> Iterator[Finding]:
    before = reading.findings(edit.path, edit.before)
    after = reading.findings(edit.path, edit.after)
    came = Counter(f.fingerprint for f in after) - Counter(f.fingerprint for f in before)
    went = Counter(f.fingerprint for f in before) - Counter(f.fingerprint for f in after)
    places = Counter((f.rule, f.symbol) for f in before if went[f.fingerprint])
    places[mended.rule, mended.symbol] -= 1  # this one is meant to go; it makes room for no other
    for finding in after:
        if not came[finding.fingerprint]:
            continue
        if places[finding.rule, finding.symbol] > 0:
            places[finding.rule, finding.symbol] -= 1
        else:
            yield finding


def _words(finding: Finding) -> str:
    return f"{finding.rule} at {finding.path}:{finding.span.line} ({finding.title})"
