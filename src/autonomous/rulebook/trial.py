"""Tries a rule on its own cases and says what does not hold: one and the same test for every rule."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import unified_diff

import msgspec

from autonomous.analysis.source import Source, SourceUnreadable, read_source
from autonomous.model.finding import Finding
from autonomous.model.kinds import Safety
from autonomous.rulebook.behaviour import NoAnswer, Pair, differences
from autonomous.rulebook.book import Rulebook
from autonomous.rulebook.case import Case
from autonomous.rulebook.rule import Rule

ENOUGH = 2
"""Cases of each kind, found and left alone, that a rule must have."""

_SHORTEST_README = 80


class Complaint(msgspec.Struct, frozen=True):
    """Something that does not hold. `case` is the stem of its file, empty for the folder as a whole."""

    rule: str
    case: str
    what: str


def try_rule(book: Rulebook, rule: Rule) -> tuple[Complaint, ...]:
    """Try the folder, every case, and the behaviour of what is called safe. Nothing is returned when all holds.

    `book` holds the rule and all others: a fix must not make another rule fire. Code in cases is run, in a process
    of its own. Raises RuleBroken for a rule that can't be used at all.
    """
    found = [Complaint(rule.id, "", what) for what in folder_faults(rule)]
    for case in rule.cases:
        found += [Complaint(rule.id, case.stem, what) for what in case_faults(book, rule, case)]
    found += [Complaint(rule.id, stem, what) for stem, what in behaviour_faults(book, [rule])]
    return tuple(found)


def folder_faults(rule: Rule) -> Iterator[str]:
    """Say what the folder lacks: cases of both kinds, a README, a case that can be run."""
    for kind, count in (
        ("must be found", sum(case.positive for case in rule.cases)),
        ("must be left alone", sum(not case.positive for case in rule.cases)),
    ):
        if count < ENOUGH:
            yield f"has {count} cases that {kind}, needs {ENOUGH}"
    text = rule.readme
    if len(text) < _SHORTEST_README:
        yield "README.md does not say why it matters"
    if "```" not in text:
        yield "README.md shows no example"
    if rule.has_fix and not re.search(r"\b(?:fix|rewrite)", text, re.IGNORECASE):
        yield "README.md does not say why the fix is, or is not, safe"
    safe = any(fix.safety is Safety.SAFE for fix in rule.fixes)
    if safe and not any(case.has_check and case.after is not None for case in rule.cases):
        yield "has a safe fix, but no case whose `check()` can be run before and after"


def case_faults(book: Rulebook, rule: Rule, case: Case) -> Iterator[str]:
    """Say in which way one case does not come out as it should."""
    try:
        before = read_source(case.path, case.before)
        after = read_source(case.path, book.fix_all(case.before, case.path, rule=rule.id))
    except SourceUnreadable as error:
        yield f"can't be read, before or after: {error.reason}"
        return
    found = book.find(before)
    own = [finding for finding in found if finding.rule == rule.id]
    yield from _count_faults(case, own)
    wanted = case.before if case.after is None else case.after
    if after.data != wanted:
        yield f"is not rewritten as it should be\n{_diff(wanted, after.data)}"
    if after.data == before.data:
        return
    if book.fix_all(after.data, case.path, rule=rule.id) != after.data:
        yield "a second pass changes it again"
    remaining = book.find(after)
    left = [finding for finding in remaining if finding.rule == rule.id]
    if left and case.expected is None:
        yield f"the finding is still there: {left[0].message} (line {left[0].span.line})"
    counts = Counter(finding.name for finding in remaining)
    counts.subtract(Counter(finding.name for finding in found))
    for name in sorted(name for name, more in counts.items() if more > 0 and name != rule.name):
        yield f"the rewrite makes {name} fire, which did not fire before"


def behaviour_faults(book: Rulebook, rules: Sequence[Rule]) -> Iterator[tuple[str, str]]:
    """Run `check()` of every case with safe fixes only; yield the stem of a case and what differs."""
    cases = [(rule, case) for rule in rules for case in rule.cases if _must_behave(book, rule, case)]
    pairs = [Pair(_text(case, case.before), _text(case, case.after or b"")) for _, case in cases]
    try:
        answers = differences(pairs)
    except NoAnswer as error:
        yield "", f"`check()` of {len(cases)} cases could not be run: {error}"
        return
    for (_, case), answer in zip(cases, answers, strict=True):
        if answer:
            yield case.stem, f"`check()` behaves differently: {answer}"


def _must_behave(book: Rulebook, rule: Rule, case: Case) -> bool:
    if not case.has_check or case.after is None:
        return False
    try:
        source = read_source(case.path, case.before)
    except SourceUnreadable:
        return False  # the case's own test says so
    own = [finding for finding in book.find(source) if finding.rule == rule.id]
    return all(_is_safe(book, source, finding) for finding in own)


def _is_safe(book: Rulebook, source: Source, finding: Finding) -> bool:
    """Tell whether what would be applied is safe, or nothing would."""
    applied = next((r for r in book.rewrites(source, finding) if r.safety is not Safety.DISPLAY), None)
    return applied is None or applied.safety is Safety.SAFE


def _count_faults(case: Case, own: Sequence[Finding]) -> Iterator[str]:
    if case.expected is None and not own:
        yield "nothing is found"
    if case.expected is not None and len(own) != case.expected:
        lines = ", ".join(str(finding.span.line) for finding in own)
        yield f"{len(own)} findings{f' (lines {lines})' if lines else ''} where {case.expected} are expected"


def _text(case: Case, data: bytes) -> str:
    return read_source(case.path, data).text


def _diff(wanted: bytes, got: bytes) -> str:
    """Unified diff; bytes and line ends that are not plain text are shown as escapes."""
    left, right = (
        [line.decode("utf-8", "backslashreplace").replace("\r", "\\r") for line in data.split(b"\n")]
        for data in (wanted, got)
    )
    return "\n".join(unified_diff(left, right, "expected", "rewritten", lineterm="", n=2))
