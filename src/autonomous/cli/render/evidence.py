"""What speaks for a change and against it: why, evidence, doubts, scores, each under its label."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from autonomous.cli.render.escape import visible
from autonomous.cli.render.layout import flow
from autonomous.model.check import Check, Gate, Scores, Verdict
from autonomous.model.journey import Cleared, Dropped
from autonomous.model.proposal import Proposal

LABEL = 10  # cells of a label with the spaces after it
_INDENT = 3
_BETWEEN = " · "
_PASSED = {
    "parses": "parses",
    "finding-gone": "finding gone",
    "nothing-new": "nothing new",
    "stable": "stable",
    "only-promised-lines": "only promised lines",
    "comments-kept": "comments kept",
    "imports-resolve": "imports resolve",
    "types": "types ok",
    "complexity": "not more complex",
    "api": "API unchanged",
    "format": "format agrees",
    "bandit": "bandit: nothing new",
    "detect-secrets": "no secret",
    "security-rules": "security rules: nothing new",
    "dangerous-calls": "no dangerous call",
    "letters": "no hidden letters",
    "path-policy": "ordinary paths",
    "tests-untouched": "tests untouched",
}
"""Short words for a check that passed; one that is not named here speaks by its reason."""
_GATES = {Gate.AUTO: "policy may approve it", Gate.ASK: "a person decides", Gate.REJECT: "refused"}


def cleared(item: Cleared, *, width: int) -> Iterator[Text]:
    """Yield the lines below the diff of a change that passed both validators."""
    yield from reasons(item.proposal, width=width)
    yield from verdicts(item.evidence, width=width)
    yield from labelled("scores", scored(item.scores), width=width)
    yield from labelled("gate", f"{_GATES[item.gate]}: {visible(item.gate_reason)}", width=width)


def refused(item: Dropped, *, width: int) -> Iterator[Text]:
    """Yield the lines about an item that left the line: where, why, and what the checks had said."""
    yield from labelled("refused", f"{item.stage}: {visible(item.reason)}", width=width, style="red")
    yield from verdicts(item.checks, width=width)


def reasons(proposal: Proposal, *, width: int) -> Iterator[Text]:
    """Yield why the change is proposed, what it brings, and what a reviewer must mind."""
    yield from labelled("why", visible(proposal.why), width=width)
    for benefit in proposal.benefits:
        yield from labelled("brings", visible(benefit), width=width)
    for risk in proposal.risks:
        yield from labelled("careful", visible(risk), width=width, style="yellow")


def verdicts(checks: Sequence[Check], *, width: int) -> Iterator[Text]:
    """Yield one line of what passed, then each doubt and each refusal with its reason."""
    passed = [_PASSED.get(c.name, visible(c.reason)) for c in checks if c.verdict is Verdict.PASS]
    if passed:
        yield from labelled("evidence", _BETWEEN.join(passed), width=width, between=_BETWEEN)
    for verdict, label, style in (
        (Verdict.WARN, "careful", "yellow"),
        (Verdict.UNKNOWN, "unproved", "yellow"),
        (Verdict.VETO, "refused", "red"),
    ):
        for check in checks:
            if check.verdict is verdict:
                words = f"{check.name}: {visible(check.reason)}{' (breaking)' if check.breaking else ''}"
                yield from labelled(label, words, width=width, style=style)


def scored(scores: Scores) -> str:
    """Return the three scores; for risk 0 is best, for the others 1."""
    return f"security {scores.security:.2f} · quality {scores.quality:.2f} · risk {scores.risk:.2f}"


def labelled(label: str, words: str, *, width: int, style: str = "", between: str = " ") -> Iterator[Text]:
    """Yield words under a label, broken where `between` stands; no line for no words."""
    if not words.strip():
        return
    lead = f"{'':{_INDENT}}{label:<{LABEL}}"
    lines = flow(words, indent=lead, hang=" " * len(lead), width=width, between=between).split("\n")
    if style:
        lines[0].stylize(style, _INDENT, _INDENT + len(label))
    yield from lines
