"""The message of a commit: Conventional Commits, what and why, and trailers that lead back to the evidence."""

from pathlib import PurePosixPath
from textwrap import fill

from autonomous.model.check import Verdict
from autonomous.model.journey import Approved
from autonomous.model.kinds import Category

_TYPES = {
    Category.SECURITY: "fix(security)",
    Category.ERRORS: "fix(errors)",
    Category.CORRECTNESS: "fix",
    Category.PERFORMANCE: "perf",
    Category.COMPLETENESS: "chore",
    Category.ARCHITECTURE: "refactor",
    Category.STYLE: "style",
}
_WIDTH = 72


def commit_message(approved: Approved) -> str:
    """Return subject, body wrapped at 72 columns, and trailers; control characters become spaces."""
    proposal = approved.proposal
    finding = proposal.finding
    passed = sum(check.verdict is Verdict.PASS for check in approved.cleared.evidence)
    # A title such as "Remove it" says nothing by itself in a log of many changes.
    place = f"{finding.name} in {PurePosixPath(finding.path).name}"
    subject = f"{_TYPES[finding.category]}: {_lower(proposal.title)} ({place})"
    where = f"{finding.path}:{finding.span.line}" + (f" in {finding.symbol}" if finding.symbol else "")
    body = fill(f"{proposal.why.rstrip('.')}.", _WIDTH, break_long_words=False, break_on_hyphens=False)
    trailers = (
        ("Autonomous-Proposal", proposal.id),
        ("Autonomous-Finding", f"{finding.fingerprint} {where}"),
        ("Autonomous-Rule", f"{finding.rule} {finding.name}"),
        ("Autonomous-Approved-By", approved.approval.by),
        ("Autonomous-Evidence", f"{passed} of {len(approved.cleared.evidence)} checks pass"),
    )
    lines = "\n".join(f"{name}: {_plain(value)}" for name, value in trailers)
    return f"{_plain(subject)[:100]}\n\n{_body(body)}\n\n{lines}\n"


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _plain(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text).strip()


def _body(text: str) -> str:
    return "\n".join(_plain(line) for line in text.split("\n"))
