"""The rulebook: all rules together, applied to one file at a time."""

from collections.abc import Callable, Collection, Iterator, Sequence
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

import msgspec

from autonomous.analysis.source import Source
from autonomous.analysis.suppressions import Suppressions, read_suppressions
from autonomous.model.digest import Digest
from autonomous.model.finding import Finding
from autonomous.model.kinds import Category, Severity
from autonomous.rulebook.engine import Engine
from autonomous.rulebook.faults import UnknownRule
from autonomous.rulebook.found import Found
from autonomous.rulebook.hit import Hit
from autonomous.rulebook.identity import fingerprints
from autonomous.rulebook.ready import ReadyRule
from autonomous.rulebook.rewrite import Rewrite
from autonomous.rulebook.rounds import Candidate, fixed
from autonomous.rulebook.rule import Rule, safest
from autonomous.rulebook.shelf import load_rules
from autonomous.rulebook.wording import excerpt, worded


class Scan(msgspec.Struct, frozen=True):
    """What a scan of one file gave."""

    findings: tuple[Finding, ...]
    suppressed: int = 0
    unused_ignores: tuple[int, ...] = ()  # lines of ignores that silence nothing
    bare_ignores: tuple[int, ...] = ()  # lines of ignores without a reason


class Rulebook:
    """Rules that are applied together, in the order of their ids.

    `known` are the ids and names of rules that exist but are not applied: an ignore of one of them is not unused.
    """

    def __init__(self, rules: Sequence[Rule], *, known: Collection[str] = ()) -> None:
        self.rules = tuple(rules)
        self._known = frozenset(known).union(*((rule.id, rule.name) for rule in self.rules))
        self._found = Found()

    def find(self, source: Source) -> tuple[Finding, ...]:
        """Every finding of every rule that no comment silences, in the order of their places."""
        return self.scan(source).findings

    def scan(self, source: Source) -> Scan:
        """Find, and account for what was silenced.

        Raises SourceUnreadable for a file that a rule can't get through, RuleBroken for a pattern that can't be
        compiled or code that can't be loaded.
        """
        matched = self._matched(source)
        suppressions = read_suppressions(source, foreign=bool(matched))
        kept = [each for each in matched if not _silenced(suppressions, each[0], each[1])]
        return Scan(
            tuple(_finding(source, *each) for each in kept),
            len(matched) - len(kept),
            suppressions.unused(judged=self._names, known=self._known),
            suppressions.bare,
        )

    def rewrites(self, source: Source, finding: Finding) -> tuple[Rewrite, ...]:
        """Every way to fix a finding in the file as it is now, the preferred one first.

        Empty when the rule has no fix that applies, or the finding is no longer there.
        """
        ready = self._ready.get(finding.rule)
        if ready is None or not ready.rule.has_fix:
            return ()
        first, found = self._found.matches(ready, source)
        hit = next((hit for hit, digest in found if digest == finding.fingerprint), None)
        return () if hit is None else tuple(_distinct(ready.rewrites(first, hit)))

    def holds(self, source: Source, finding: Finding) -> bool:
        """Tell whether a finding is still in the file; one of a rule that is not in this book is taken to be."""
        ready = self._ready.get(finding.rule)
        if ready is None:
            return True
        _, found = self._found.matches(ready, source)
        return any(digest == finding.fingerprint for _, digest in found)

    def fix_all(self, source_bytes: bytes, path: str, *, rule: str) -> bytes:
        """Apply the preferred fixes of one rule in rounds until nothing changes any more (ten rounds at most).

        Raises UnknownRule, and SourceUnreadable for a file that can't be read.
        """
        ready = self._ready[self.rule(rule).id]

        def candidates(source: Source) -> Iterator[Candidate]:
            suppressions = read_suppressions(source, foreign=True)
            for _, hit in ready.engine.hits(source):
                if not _silenced(suppressions, ready, hit):
                    yield Candidate(hit, ready.rule.severity, _preferred(ready, source, hit))

        return fixed(source_bytes, path, candidates=candidates)

    def select(
        self,
        *,
        categories: Collection[Category] = (),
        rules: Collection[str] = (),
        minimum: Severity | None = None,
    ) -> "Rulebook":
        """Keep the rules of these categories, with these ids or names, at least this severe; nothing given: all.

        Raises UnknownRule for a name that no rule has.
        """
        wanted = {self.rule(name).id for name in rules}
        kept = [
            rule
            for rule in self.rules
            if (not categories or rule.category in categories)
            and (not rules or rule.id in wanted)
            and (minimum is None or rule.severity.at_least(minimum))
        ]
        return Rulebook(kept, known=self._known)

    def rule(self, id_or_name: str) -> Rule:
        """Return the rule with this id or name, in capitals or not. Raises UnknownRule with a guess."""
        sought = id_or_name.lower()
        for rule in self.rules:
            if sought in {rule.id.lower(), rule.name}:
                return rule
        near = get_close_matches(sought, [name for rule in self.rules for name in (rule.name, rule.id)], n=1)
        raise UnknownRule(id_or_name, guess=near[0] if near else "")

    def _matched(self, source: Source) -> list[tuple[ReadyRule, Hit, Digest]]:
        found = fingerprints(source, self._engine.hits(source))
        return [(self._ready[plan.id], hit, digest) for plan, hit, digest in found]

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(name for rule in self.rules for name in (rule.id, rule.name))

    @cached_property
    def _ready(self) -> dict[str, ReadyRule]:
        return {rule.id: ReadyRule(rule) for rule in self.rules}

    @cached_property
    def _engine(self) -> Engine:
        return Engine([ready.plan for ready in self._ready.values()])


def load(folders: Sequence[Path], *, trusted: frozenset[str] = frozenset()) -> Rulebook:
    """Load rule folders into one book; `trusted` are digests of code that somebody vouched for.

    Raises RuleBroken for the first fault, RuleCodeRefused for code of a stranger.
    """
    return Rulebook(load_rules(folders, trusted=trusted))


def _silenced(suppressions: Suppressions, ready: ReadyRule, hit: Hit) -> bool:
    return suppressions.silences(hit.at, ready.plan.names)


def _preferred(ready: ReadyRule, source: Source, hit: Hit) -> Callable[[], Rewrite | None]:
    return lambda: next(ready.rewrites(source, hit), None)


def _distinct(rewrites: Iterator[Rewrite]) -> Iterator[Rewrite]:
    """Leave out ways that come to the same as an earlier one, and number the others."""
    seen: set[bytes] = set()
    for rewrite in rewrites:
        if rewrite.after not in seen:
            yield msgspec.structs.replace(rewrite, index=len(seen))
            seen.add(rewrite.after)


def _finding(source: Source, ready: ReadyRule, hit: Hit, digest: Digest) -> Finding:
    rule, span = ready.rule, source.span(hit.at)
    return Finding(
        rule=rule.id,
        name=rule.name,
        title=rule.title,
        category=rule.category,
        severity=rule.severity,
        confidence=rule.confidence,
        path=source.path,
        span=span,
        message=worded(rule.message, source, hit),
        fingerprint=digest,
        symbol=source.symbol(hit.node),
        excerpt=excerpt(source, span),
        fix=safest(fix.safety for fix in ready.applicable(source, hit)),
        cwe=rule.cwe,
    )
