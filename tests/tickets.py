"""Findings, proposals and tickets of the journey for changes that a test makes up."""

from datetime import UTC, datetime

from autonomous.model.change import ChangeSet, FileEdit
from autonomous.model.check import Check, Gate, Scores, Verdict
from autonomous.model.digest import digest_of
from autonomous.model.finding import Finding, Span
from autonomous.model.journey import Approval, Approved, Cleared, Validated
from autonomous.model.kinds import Category, Safety, Severity
from autonomous.model.proposal import Proposal

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PASSED = Check("parses", Verdict.PASS, "it parses")
Edit = tuple[str, bytes | None, bytes | None]


def finding(path: str = "a.py", *, line: int = 1, rule: str = "AUT999", mark: str = "", **facts) -> Finding:
    """A finding of no rule that there is; `mark` tells equal ones apart."""
    given = {
        "rule": rule,
        "name": "a-rule",
        "title": "A fault",
        "category": Category.STYLE,
        "severity": Severity.LOW,
        "confidence": 1.0,
        "path": path,
        "span": Span(line, 1, line, 2),
        "message": "it is wrong",
        "fingerprint": digest_of(rule.encode(), path.encode(), str(line).encode(), mark.encode()),
    }
    return Finding(**{**given, **facts})


def proposal(base: str, *edits: Edit, of: Finding | None = None, alternative: int = 0) -> Proposal:
    change = ChangeSet(base, tuple(FileEdit(*edit) for edit in edits))
    fault = of or finding(edits[0][0], mark=change.digest)
    return Proposal(
        fault, change, "rule AUT999", Safety.SAFE, "Mend it", "it is wrong", alternative=alternative
    )


def cleared(
    base: str, *edits: Edit, of: Finding | None = None, gate: Gate = Gate.ASK, alternative: int = 0
) -> Cleared:
    offered = proposal(base, *edits, of=of, alternative=alternative)
    return Cleared(Validated(offered, (PASSED,)), (PASSED,), Scores(1.0, 1.0, 0.0), gate, "a person decides")


def approved(base: str, *edits: Edit, of: Finding | None = None, by: str = "ada") -> Approved:
    item = cleared(base, *edits, of=of)
    return Approved(item, Approval(item.proposal.change.digest, by=by, at=NOW))
