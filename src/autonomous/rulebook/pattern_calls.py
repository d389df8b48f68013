"""Parts of a pattern that Python reads in more orders than one: arguments, parameters, dict entries."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from autonomous.rulebook.pattern_runs import NODES, Items, Line, Run
from autonomous.rulebook.solving import Pattern, State


@dataclass(frozen=True, slots=True)
class Arguments:
    """What stands in the brackets of a call, or behind the name of a class.

    Positional arguments match in order, keywords in any. A run anywhere allows other keywords too: the last
    run holds them after its positional arguments.
    """

    field: str  # "args" of a call, "bases" of a class
    positional: Items
    keywords: tuple[Pattern, ...]
    runs: tuple[Run, ...]

    def solve(self, node: ast.AST, state: State) -> Iterator[State]:
        found: list[ast.keyword] = getattr(node, "keywords")  # noqa: B009 - a call and a class have it
        if len(found) < len(self.keywords) or (len(found) > len(self.keywords) and not self.runs):
            return
        for each in NODES.match(self.positional, getattr(node, self.field), state):
            for after, left in unordered(self.keywords, tuple(found), each):
                if not left or not self.runs:
                    yield after
                    continue
                name = self.runs[-1].name
                yield after.lengthen(name, left) if name else after


def unordered(
    patterns: Sequence[Pattern], found: tuple[ast.AST, ...], state: State
) -> Iterator[tuple[State, tuple[ast.AST, ...]]]:
    """Yield each way to give every pattern a node of its own, with the nodes that are left."""
    if not patterns:
        yield state, found
        return
    for index, node in enumerate(found):
        state.fuel.burn()
        for each in patterns[0].solve(node, state):
            yield from unordered(patterns[1:], found[:index] + found[index + 1 :], each)


@dataclass(frozen=True, slots=True)
class Slot:
    """A parameter of the scanned code: where it stands among the others, and its default."""

    kind: str  # "positional", "keyword", "*" or "**"
    arg: ast.arg
    default: ast.expr | None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the pattern. Without a default it wants none; without an annotation it takes any."""

    kinds: frozenset[str]
    name: Pattern
    annotation: Pattern | None
    default: Pattern | None

    def match(self, slot: Slot, state: State) -> Iterator[State]:
        """Yield each way in which the slot is this parameter."""
        if slot.kind not in self.kinds or (slot.default is None) is not (self.default is None):
            return
        for named in self.name.solve(slot.arg, state):
            for annotated in _optionally(self.annotation, slot.arg.annotation, named):
                yield from _optionally(self.default, slot.default, annotated)


def _optionally(pattern: Pattern | None, node: ast.AST | None, state: State) -> Iterator[State]:
    if pattern is None:
        yield state
    elif node is not None:
        yield from pattern.solve(node, state)


ParameterItems: TypeAlias = tuple[Parameter | Run, ...]


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of a function or lambda, in order."""

    items: ParameterItems

    def solve(self, node: ast.AST, state: State) -> Iterator[State]:
        args = getattr(node, "args", None)
        if isinstance(args, ast.arguments):
            yield from _SLOTS.match(self.items, slots_of(args), state)


def _solve_slot(parameter: Parameter, slot: Slot, state: State) -> Iterator[State]:
    return parameter.match(slot, state)


_SLOTS: Final[Line[Parameter, Slot]] = Line(_solve_slot, lambda slot: (slot.arg,))


def slots_of(args: ast.arguments) -> tuple[Slot, ...]:
    """All parameters in the order in which they are written."""
    plain = [*args.posonlyargs, *args.args]
    defaults = [None] * (len(plain) - len(args.defaults)) + [*args.defaults]
    found = [Slot("positional", arg, default) for arg, default in zip(plain, defaults, strict=True)]
    if args.vararg:
        found.append(Slot("*", args.vararg, None))
    found += [Slot("keyword", a, d) for a, d in zip(args.kwonlyargs, args.kw_defaults, strict=True)]
    if args.kwarg:
        found.append(Slot("**", args.kwarg, None))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Entries:
    """A dict display: entries in any order. A run holds the keys and values of the other entries by turns."""

    entries: tuple[tuple[Pattern | None, Pattern], ...]  # no key: `**mapping`
    run: Run | None

    def solve(self, node: ast.AST, state: State) -> Iterator[State]:
        if not isinstance(node, ast.Dict):
            return
        found = tuple(zip(node.keys, node.values, strict=True))
        if len(found) < len(self.entries) or (len(found) > len(self.entries) and self.run is None):
            return
        yield from self._match(self.entries, found, state)

    def _match(
        self,
        entries: tuple[tuple[Pattern | None, Pattern], ...],
        found: tuple[tuple[ast.expr | None, ast.expr], ...],
        state: State,
    ) -> Iterator[State]:
        if not entries:
            rest = tuple(node for pair in found for node in pair if node is not None)
            named = self.run is not None and self.run.name
            held = state.bind(named, rest, None) if named else state
            if held is not None:
                yield held
            return
        (key, value), later = entries[0], entries[1:]
        for index, (at_key, at_value) in enumerate(found):
            state.fuel.burn()
            if (key is None) is not (at_key is None):
                continue
            for keyed in _optionally(key, at_key, state):
                for each in value.solve(at_value, keyed):
                    yield from self._match(later, found[:index] + found[index + 1 :], each)
