"""Which rules there are for a directory, which of them are active, and whose code is trusted."""

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from autonomous.model.kinds import Category, Severity
from autonomous.rulebook import shelf
from autonomous.rulebook.book import Rulebook, load
from autonomous.rulebook.rule import Rule
from autonomous.settings import Settings
from autonomous.stages.ignores import IGNORE_RULES, UNUSED

_NO_FOLDER = frozenset(Category).union(*(rule.names for rule in IGNORE_RULES))


class Ruleset:
    """The shipped rules, those of installed packages, and the repository's own below `.autonomous/rules/`."""

    def __init__(self, root: Path, *, settings: Settings, state: Callable[[], Path] | None) -> None:
        """`state` gives our directory for the repository; without one no code of its rules can be trusted."""
        self._root, self._settings, self._state = root, settings, state

    @cached_property
    def all(self) -> Rulebook:
        """Every rule; raises RuleCodeRefused for a repository's rule with code that nobody trusted."""
        own = self._root / ".autonomous" / "rules"
        shipped = [shelf.shelf(), *shelf.installed_shelves()]
        if not own.is_dir():
            return load(shipped)
        return load([*shipped, own], trusted=frozenset(self._settings.trusted) | self._trusted())

    def active(
        self,
        *,
        categories: Sequence[Category] = (),
        rules: Sequence[str] = (),
        minimum: Severity | None = None,
    ) -> Rulebook:
        """Return the rules that the settings and these wishes leave active."""
        own = self._settings.rules
        kept = [
            rule
            for rule in self.all.select(minimum=own.severity).rules
            if (not own.enable or self._named(rule, own.enable)) and not self._named(rule, own.disable)
        ]
        known = [name for rule in self.all.rules for name in (rule.id, rule.name)]
        return Rulebook(kept, known=known).select(categories=categories, rules=rules, minimum=minimum)

    def ignores(
        self, *, strict: bool, categories: Sequence[Category] = (), minimum: Severity | None = None
    ) -> frozenset[str]:
        """Return the ids of what ignore comments are judged by; that they have a reason is asked for when strict."""
        own = self._settings.rules
        return frozenset(
            rule.id
            for rule in (IGNORE_RULES if strict else (UNUSED,))
            if (not categories or rule.category in categories)
            and rule.severity.at_least(own.severity)
            and (minimum is None or rule.severity.at_least(minimum))
            and (not own.enable or rule.names.intersection(own.enable))
            and not rule.names.intersection(own.disable)
        )

    def _named(self, rule: Rule, names: Sequence[str]) -> bool:
        """Tell whether a list of rules and categories names this one; raises UnknownRule for what is neither."""
        rules = {self.all.rule(name).id for name in names if name not in _NO_FOLDER}
        return rule.id in rules or rule.category in names

    def trust(self, digest: str, *, state: Path) -> None:
        """Trust the code of a rule folder from now on; `state` is our directory for the repository."""
        fresh = state / "trusted-rules.new"
        fresh.write_text("".join(f"{line}\n" for line in sorted(self._trusted() | {digest})), "ascii")
        fresh.replace(state / "trusted-rules")

    def _trusted(self) -> frozenset[str]:
        place = self._state() / "trusted-rules" if self._state else None
        return frozenset(place.read_text("ascii").split()) if place and place.is_file() else frozenset()
