"""Scores and gates: numbers made of the checks, and what may happen without a person. See docs/scores.md."""

import math
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Final, NamedTuple

import msgspec

from autonomous.model.check import Check, Gate, Scores, Verdict
from autonomous.model.kinds import Category, Safety, Severity
from autonomous.model.proposal import Proposal
from autonomous.stages.checks.size import changed_lines
from autonomous.stages.checks.tests_untouched import is_test


class Weight(NamedTuple):
    """What a warning and what an unanswered check take off a score."""

    warn: float
    unknown: float


SECURITY: Final[Mapping[str, Weight]] = {
    "letters": Weight(0.30, 0.10),
    "bandit": Weight(0.30, 0.10),
    "detect-secrets": Weight(0.30, 0.10),
    "path-policy": Weight(0.10, 0.10),
    "tests-untouched": Weight(0.02, 0.02),
}
OTHER_SECURITY: Final = Weight(0.20, 0.10)

QUALITY: Final[Mapping[str, Weight]] = {
    "finding-gone": Weight(0.10, 0.05),
    "only-promised-lines": Weight(0.15, 0.15),
    "comments-kept": Weight(0.10, 0.05),
    "imports-resolve": Weight(0.15, 0.05),
    "types": Weight(0.15, 0.04),
    "complexity": Weight(0.08, 0.03),
    "api": Weight(0.15, 0.03),
    "format": Weight(0.05, 0.02),
}
OTHER_QUALITY: Final = Weight(0.10, 0.05)
DOUBT: Final = 0.10
"""What a finding of confidence 0 takes off the quality of its fix; in proportion above that."""

SAFETY: Final[Mapping[Safety, float]] = {Safety.SAFE: 0.02, Safety.REVIEW: 0.10, Safety.DISPLAY: 0.40}
SEVERITY: Final[Mapping[Severity, float]] = {
    Severity.CRITICAL: 0.06,
    Severity.HIGH: 0.04,
    Severity.MEDIUM: 0.02,
    Severity.LOW: 0.01,
    Severity.INFO: 0.0,
}
CATEGORY: Final[Mapping[Category, float]] = {
    Category.SECURITY: 0.03,
    Category.ERRORS: 0.03,
    Category.CORRECTNESS: 0.03,
    Category.PERFORMANCE: 0.02,
    Category.COMPLETENESS: 0.01,
    Category.ARCHITECTURE: 0.05,
    Category.STYLE: 0.0,
}
PUBLIC: Final = 0.02
BREAKING: Final = 0.25
CORE: Final = 0.15
LINE: Final = 0.002
LINES_AT_MOST: Final = 0.20
FILE: Final = 0.05
FILES_AT_MOST: Final = 0.15
WARNING: Final = 0.05
WARNINGS_AT_MOST: Final = 0.20
UNKNOWN: Final = 0.03
UNKNOWNS_AT_MOST: Final = 0.20

AUTO_RISK: Final = 0.25
AUTO_SECURITY: Final = 0.95
AUTO_QUALITY: Final = 0.90
REJECT_SECURITY: Final = 0.50
REJECT_RISK: Final = 0.75
REJECT_CONFIDENCE: Final = 0.7

PERSON_ONLY: Final = frozenset({"path-policy", "tests-untouched"})
"""Checks whose warning means that policy must not decide, whatever the scores are."""


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """What may pass without a person, and which paths are core (shell patterns, `*` crosses folders)."""

    categories: frozenset[Category] = frozenset(Category) - {Category.ARCHITECTURE}
    core_paths: tuple[str, ...] = ()

    def is_core(self, paths: Sequence[str]) -> bool:
        """Tell whether one of the paths is, or lies below, a core path."""
        return any(
            fnmatchcase(path, pattern) or path.startswith(f"{pattern.rstrip('/')}/")
            for path in paths
            for pattern in self.core_paths
        )


def scores(proposal: Proposal, *, quality: Sequence[Check], security: Sequence[Check], core: bool) -> Scores:
    """Make scores of the checks of both validators; each is rounded to four places and within 0..1."""
    doubt = DOUBT * (1.0 - _clip(proposal.finding.confidence))
    return Scores(
        security=_clip(1.0 - _penalty(security, SECURITY, OTHER_SECURITY)),
        quality=_clip(1.0 - doubt - _penalty(quality, QUALITY, OTHER_QUALITY)),
        risk=_clip(_risk(proposal, [*quality, *security], core=core)),
    )


def _penalty(checks: Sequence[Check], weights: Mapping[str, Weight], other: Weight) -> float:
    total = 0.0
    for check in checks:
        weight = weights.get(check.name, other)
        match check.verdict:
            case Verdict.VETO:
                return 1.0
            case Verdict.WARN:
                total += weight.warn
            case Verdict.UNKNOWN:
                total += weight.unknown
            case Verdict.PASS:
                continue
    return total


def _risk(proposal: Proposal, checks: Sequence[Check], *, core: bool) -> float:
    verdicts = [check.verdict for check in checks]
    finding = proposal.finding
    return sum(
        (
            SAFETY[proposal.safety],
            SEVERITY[finding.severity],
            CATEGORY[finding.category],
            PUBLIC if is_public(finding.path, finding.symbol) else 0.0,
            BREAKING if any(check.breaking for check in checks) else 0.0,
            CORE if core else 0.0,
            min(LINES_AT_MOST, LINE * changed_lines(proposal)),
            min(FILES_AT_MOST, FILE * (len(proposal.change.edits) - 1)),
            min(WARNINGS_AT_MOST, WARNING * verdicts.count(Verdict.WARN)),
            min(UNKNOWNS_AT_MOST, UNKNOWN * verdicts.count(Verdict.UNKNOWN)),
        )
    )


def is_public(path: str, symbol: str) -> bool:
    """Tell whether others may call what is changed: no private part in the path or the name, and no test."""
    parts = [*PurePosixPath(path).with_suffix("").parts, *symbol.split(".")]
    return not is_test(path) and not any(part.startswith("_") and not part.endswith("__") for part in parts)


def gate(proposal: Proposal, checks: Sequence[Check], made: Scores, policy: Policy) -> tuple[Gate, str]:
    """Return where the change goes and why, in words; `checks` are those of both validators."""
    against = _reasons_to_reject(proposal, checks, made)
    if against:
        return Gate.REJECT, against
    doubts = _reasons_to_ask(proposal, checks, made, policy)
    if doubts:
        return Gate.ASK, "; ".join(doubts)
    return (
        Gate.AUTO,
        f"a safe fix: risk {made.risk:.2f}, security {made.security:.2f}, quality {made.quality:.2f}",
    )


def _reasons_to_reject(proposal: Proposal, checks: Sequence[Check], made: Scores) -> str:
    veto = next((check for check in checks if check.verdict is Verdict.VETO), None)
    confidence = proposal.finding.confidence
    if veto is not None:
        return f"{veto.name}: {veto.reason}"
    if made.security < REJECT_SECURITY:
        return f"security {_down(made.security)} is below {REJECT_SECURITY:.2f}"
    if made.risk >= REJECT_RISK and confidence < REJECT_CONFIDENCE:
        return f"risk {made.risk:.2f} is critical and the finding is unsure ({confidence:.2f})"
    return ""


def _reasons_to_ask(proposal: Proposal, checks: Sequence[Check], made: Scores, policy: Policy) -> list[str]:
    category = proposal.finding.category
    doubts = [check.reason for check in checks if check.breaking]
    doubts += [c.reason for c in checks if c.name in PERSON_ONLY and c.verdict is not Verdict.PASS]
    if proposal.safety is not Safety.SAFE:
        doubts.append("the fix needs a person's look")
    if category not in policy.categories:
        doubts.append(f"changes of category {category} are not approved by policy")
    if made.risk > AUTO_RISK:
        doubts.append(f"risk {_up(made.risk)} is above {AUTO_RISK:.2f}")
    if made.security < AUTO_SECURITY:
        doubts.append(f"security {_down(made.security)} is below {AUTO_SECURITY:.2f}")
    if made.quality < AUTO_QUALITY:
        doubts.append(f"quality {_down(made.quality)} is below {AUTO_QUALITY:.2f}")
    return doubts


def _down(score: float) -> str:
    """Show a score that is too low as less than the bound that it missed."""
    return f"{math.floor(score * 100) / 100:.2f}"


def _up(score: float) -> str:
    """Show a score that is too high as more than the bound that it passed."""
    return f"{math.ceil(score * 100) / 100:.2f}"


def _clip(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 4)
