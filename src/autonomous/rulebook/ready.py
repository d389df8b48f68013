"""A rule made ready for work: compiled when it is first needed, and kept."""

from collections.abc import Iterator
from functools import cached_property

from autonomous.analysis.source import Source
from autonomous.rulebook.conditions import Conditions, compile_conditions
from autonomous.rulebook.engine import Engine, Plan
from autonomous.rulebook.faults import RuleBroken
from autonomous.rulebook.hit import Hit
from autonomous.rulebook.matching import Matcher, compile_rule
from autonomous.rulebook.pattern_text import InvalidPattern
from autonomous.rulebook.rewrite import Rewrite, rewritten
from autonomous.rulebook.rule import Rule
from autonomous.rulebook.schema import Fix
from autonomous.rulebook.wording import worded


class ReadyRule:
    """One rule with its compiled patterns and conditions. Everything here raises RuleBroken for a broken rule."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    @cached_property
    def plan(self) -> Plan:
        """What an engine needs to find the rule's matches."""
        data = self.rule.data
        return Plan(
            self.rule.id,
            self.rule.name,
            matcher=self._matcher if data.match else None,
            finder=self.rule.finder,
            paths=data.paths,
            not_paths=data.not_paths,
            same_as=data.same_as,
        )

    @cached_property
    def engine(self) -> Engine:
        """An engine for this rule alone."""
        return Engine([self.plan])

    def applicable(self, source: Source, hit: Hit) -> Iterator[Fix]:
        """Fixes whose conditions hold for a match, preferred first; nothing is rewritten to know that."""
        for fix, conditions in self._fixes:
            if conditions.hold(source, hit.held):
                yield fix

    def rewrites(self, source: Source, hit: Hit) -> Iterator[Rewrite]:
        """Make each fix that applies to a match, preferred first."""
        for index, fix in enumerate(self.applicable(source, hit)):
            title = worded(fix.title or f"Fix: {self.rule.title}", source, hit)
            rewrite = rewritten(source, hit, fix, index=index, title=title, function=self.rule.fixer)
            if rewrite is not None:
                yield rewrite

    @cached_property
    def _matcher(self) -> Matcher:
        try:
            return compile_rule(self.rule.matches)
        except InvalidPattern as error:
            raise RuleBroken(self.rule.folder / "rule.toml", str(error), key="match") from error

    @cached_property
    def _fixes(self) -> tuple[tuple[Fix, Conditions], ...]:
        try:
            return tuple((fix, compile_conditions(fix.where, fix.unless)) for fix in self.rule.fixes)
        except InvalidPattern as error:
            raise RuleBroken(self.rule.folder / "rule.toml", str(error), key="fix") from error
