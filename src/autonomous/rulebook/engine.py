"""One walk per file for all rules: hits of the match language and of rule.py finders, sorted by position."""

import ast
import operator
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from autonomous.analysis.source import Source, SourceUnreadable
from autonomous.analysis.suppressions import RuleNames
from autonomous.rulebook import globs
from autonomous.rulebook.aliases import aliases_of
from autonomous.rulebook.hit import Hit
from autonomous.rulebook.matching import Alternative, Matcher
from autonomous.rulebook.solving import Fuel, State, TooManySteps

_PLAIN: Final = frozenset({"utf-8", "utf-8-sig", "iso-8859-1", "ascii"})

Finder: TypeAlias = Callable[[Source], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the engine needs of one rule: how it finds, where, and what else it is called."""

    id: str
    name: str
    matcher: Matcher | None = None
    finder: Finder | None = None
    paths: tuple[str, ...] = ()
    not_paths: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()

    @property
    def names(self) -> RuleNames:
        """What a comment may call this rule."""
        return RuleNames(frozenset({self.id, self.name}), self.same_as)

    def is_for(self, path: str) -> bool:
        """Tell whether the rule looks at files of this path."""
        return (not self.paths or globs.matches(path, self.paths)) and not globs.matches(path, self.not_paths)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One `[[match]]` of one rule; `order` counts over all of them, so the first of a rule has the lowest."""

    order: int
    plan: Plan
    alternative: Alternative
    words: tuple[str, ...]


_KeyedEntries: TypeAlias = dict[str, list[_Entry]]


class _Index:
    """The entries that can match in one file, by the type of node and the name that a match begins with."""

    def __init__(self, entries: Iterable[_Entry], source: Source) -> None:
        self.keyed: dict[type[ast.AST], _KeyedEntries] = {}
        self.free: dict[type[ast.AST], list[_Entry]] = {}
        for entry in entries:
            for kind in entry.alternative.pattern.anchor.kinds:
                if entry.alternative.keys:
                    named = self.keyed.setdefault(kind, {})
                    for key in entry.alternative.keys:
                        named.setdefault(key, []).append(entry)
                else:
                    self.free.setdefault(kind, []).append(entry)
        wanted = {key for named in self.keyed.values() for key in named}
        for name, local in aliases_of(source, wanted):
            for named in self.keyed.values():
                named.setdefault(local, []).extend(named.get(name, ()))

    def candidates(self, source: Source) -> Iterator[tuple[ast.AST, Sequence[_Entry]]]:
        """Yield each node that some entries may match, with those entries."""
        for kind, named in self.keyed.items():
            for node in source.nodes(kind):
                entries = named.get(_NAME_OF[kind](node))
                if entries:
                    yield node, entries
        for kind, entries in self.free.items():
            for node in source.nodes(kind):
                yield node, entries


def _callee_name(node: ast.AST) -> str:
    match node:
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name
        case _:
            return ""


_NAME_OF: Final[dict[type[ast.AST], Callable[[ast.AST], str]]] = {
    ast.Call: _callee_name,
    ast.Attribute: operator.attrgetter("attr"),
    ast.Name: operator.attrgetter("id"),
}


class Engine:
    """All rules, ready to be applied to one file after the other."""

    def __init__(self, plans: Sequence[Plan]) -> None:
        self.plans = tuple(plans)
        pairs = [(plan, each) for plan in self.plans if plan.matcher for each in plan.matcher.alternatives]
        self._entries = tuple(
            _Entry(order, plan, each, tuple(sorted(each.words, key=len, reverse=True)))
            for order, (plan, each) in enumerate(pairs)
        )

    def hits(self, source: Source) -> Iterator[tuple[Plan, Hit]]:
        """Yield every hit of every rule in the order of their places; two matches of one rule on a node are one.

        Raises SourceUnreadable when a rule would need too long on this file, or its code is nested too deep.
        """
        try:
            found = [*self._matched(source), *self._found(source)]
        except RecursionError as error:
            raise SourceUnreadable(source.path, "nested too deep for a rule to read") from error
        ranks = {id(plan): rank for rank, plan in enumerate(self.plans)}
        yield from sorted(found, key=lambda each: (source.span(each[1].at), ranks[id(each[0])]))

    def _matched(self, source: Source) -> Iterator[tuple[Plan, Hit]]:
        states: dict[int, State] = {}
        best: dict[tuple[int, int], tuple[int, Plan, tuple[Hit, ...]]] = {}
        for node, entries in _Index(self._active(source), source).candidates(source):
            for entry in entries:
                plan = id(entry.plan)
                if plan not in states:
                    states[plan] = State(source, Fuel(len(source.lines)))
                key = (plan, id(node))
                if key in best and best[key][0] < entry.order:
                    continue
                hits = _tried(entry, node, states[plan])
                if hits:
                    best[key] = (entry.order, entry.plan, hits)
        for _, found, hits in best.values():
            yield from ((found, hit) for hit in hits)

    def _found(self, source: Source) -> Iterator[tuple[Plan, Hit]]:
        for plan in self.plans:
            if plan.finder is not None and plan.is_for(source.path):
                yield from ((plan, hit) for hit in plan.finder(source))

    def _active(self, source: Source) -> Iterator[_Entry]:
        """Entries whose words all occur in the file, and whose rule is for its path."""
        text = _searchable(source)
        path = source.path.encode("utf-8", "surrogateescape")
        occurs: dict[str, bool] = {}
        for entry in self._entries:
            for word in entry.words:
                if word not in occurs:
                    sought = word.encode()
                    occurs[word] = sought in text or sought in path
                if not occurs[word]:
                    break
            else:
                if entry.plan.is_for(source.path):
                    yield entry


def _tried(entry: _Entry, node: ast.AST, state: State) -> tuple[Hit, ...]:
    try:
        return tuple(entry.alternative.hits(node, state))
    except TooManySteps as error:
        raise SourceUnreadable(
            state.source.path, f"rule {entry.plan.id} would need too long on it"
        ) from error


def _searchable(source: Source) -> bytes:
    """The bytes in which words are looked for: as Python reads them, which normalizes identifiers (PEP 3131)."""
    if source.data.isascii() and source.encoding in _PLAIN:
        return source.data
    return unicodedata.normalize("NFKC", source.text).encode("utf-8", "surrogatepass")
