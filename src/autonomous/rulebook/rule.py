"""A rule as it was loaded: its data, and its code and cases on demand."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

from autonomous.analysis.source import Source
from autonomous.model.kinds import Category, Safety, Severity
from autonomous.rulebook.case import Case, read_case
from autonomous.rulebook.code import function_of
from autonomous.rulebook.hit import Hit
from autonomous.rulebook.schema import Fix, Match, RuleFile

if TYPE_CHECKING:
    from autonomous.rulebook.calling import FixFunction

Finder: TypeAlias = Callable[[Source], Iterable[Hit]]


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule folder. Two rules are the same only when they are the same object."""

    data: RuleFile
    category: Category
    folder: Path
    has_code: bool = field(default=False)  # rule.py or fix.py

    @property
    def id(self) -> str:
        """Stable for ever, such as "AUT101"."""
        return self.data.id

    @property
    def name(self) -> str:
        """The folder's name: the readable alias."""
        return self.folder.name

    @property
    def title(self) -> str:
        """What is wrong, in a few words."""
        return self.data.title

    @property
    def message(self) -> str:
        """What is wrong at one place, with holes."""
        return self.data.message

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.data.severity

    @property
    def confidence(self) -> float:
        """How sure a finding is, in 0..1."""
        return self.data.confidence

    @property
    def cwe(self) -> tuple[int, ...]:
        """Numbers of the Common Weakness Enumeration."""
        return self.data.cwe

    @property
    def owasp(self) -> str:
        """Entry of the OWASP top ten, empty for what is no matter of security."""
        return self.data.owasp

    @property
    def references(self) -> tuple[str, ...]:
        """Where more is said."""
        return self.data.references

    @property
    def matches(self) -> tuple[Match, ...]:
        """The patterns; empty where rule.py finds the hits."""
        return self.data.match

    @property
    def fixes(self) -> tuple[Fix, ...]:
        """Ways to fix it, in order of preference."""
        return self.data.fix if isinstance(self.data.fix, tuple) else (self.data.fix,)

    @property
    def has_fix(self) -> bool:
        """True when some match can be fixed."""
        return bool(self.fixes)

    @property
    def safest(self) -> Safety | None:
        """The most that a fix of this rule promises."""
        return safest(fix.safety for fix in self.fixes)

    @cached_property
    def finder(self) -> Finder | None:
        """The function `find` of rule.py, None without one. Raises RuleBroken when it can't be loaded."""
        path = self.folder / "rule.py"
        if not (self.has_code and path.is_file()):
            return None
        return cast("Finder", function_of(path, "find"))

    def fixer(self, name: str) -> "FixFunction":
        """A function of fix.py. Raises RuleBroken when it can't be loaded or is not there."""
        return cast("FixFunction", function_of(self.folder / "fix.py", name))

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """Examples of what is found and what is left alone, by name. Raises RuleBroken for an unreadable one."""
        return tuple(read_case(path) for path in sorted((self.folder / "cases").glob("*.py")))

    @cached_property
    def readme(self) -> str:
        """README.md, empty without one."""
        path = self.folder / "README.md"
        return path.read_text(encoding="utf-8") if path.is_file() else ""


def safest(safeties: Iterable[Safety]) -> Safety | None:
    """The one that promises most, None of none."""
    order = list(Safety)
    return min(safeties, key=order.index, default=None)
