"""What is known while a pattern is tried on a node: what the holes hold, and how much work is left."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Held

_STEPS: Final = 200_000
_STEPS_A_LINE: Final = 50
"""Ten times what the slowest rule takes on the slowest file of some hundred installed packages."""

_UNCARED: Final = frozenset({"ctx", "kind", "type_comment", "type_ignores"})


class TooManySteps(Exception):
    """The rule's patterns would need too long on this file."""


class Fuel:
    """Counts steps down, so that no file can make a pattern with several `...` run for ever."""

    def __init__(self, lines: int = 0) -> None:
        """Enough for one rule on a file of that many lines."""
        self._left = _STEPS + _STEPS_A_LINE * lines

    def burn(self) -> None:
        """Take one step. Raises TooManySteps when none is left."""
        self._left -= 1
        if self._left < 0:
            raise TooManySteps


@dataclass(frozen=True, slots=True)
class State:
    """One way to fill the holes so far. `sites` holds the node that each hole stands at, for its place."""

    source: Source
    fuel: Fuel
    held: Mapping[str, Held] = field(default_factory=dict)
    sites: Mapping[str, ast.AST] = field(default_factory=dict)
    rest: tuple[ast.stmt, ...] = ()  # of a pattern of several statements: what matched after the first

    def bind(self, name: str, value: Held, site: ast.AST | None) -> "State | None":
        """Let a hole hold `value`; None when it holds other code already."""
        if name in self.held:
            return self if same_code(self.held[name], value) else None
        sites = self.sites if site is None else {**self.sites, name: site}
        return replace(self, held={**self.held, name: value}, sites=sites)

    def lengthen(self, name: str, more: Sequence[ast.AST]) -> "State":
        """Add nodes to a run that was bound before."""
        run = self.held.get(name, ())
        longer = (*run, *more) if isinstance(run, tuple) else tuple(more)
        return replace(self, held={**self.held, name: longer})


class Pattern(Protocol):
    """Something that a node can match, in no, one or several ways."""

    def solve(self, node: ast.AST, state: State) -> Iterator[State]:
        """Yield a state for each way in which `node` matches, given what the holes hold already."""
        ...


def in_turn(parts: Sequence[Pattern], node: ast.AST, state: State) -> Iterator[State]:
    """Yield each way in which all parts match `node`."""
    if not parts:
        yield state
        return
    for found in parts[0].solve(node, state):
        yield from in_turn(parts[1:], node, found)


def same_code(left: Held, right: Held) -> bool:
    """Compare code regardless of its place; a bare name equals the expression that is just that name."""
    waiting: list[tuple[object, object]] = [(left, right)]
    while waiting:
        one, other = waiting.pop()
        if isinstance(one, str) and isinstance(other, ast.AST):
            one, other = other, one
        if isinstance(one, ast.AST) and isinstance(other, str):
            if _bare_name(one) != other:
                return False
        elif type(one) is not type(other):
            return False
        elif isinstance(one, ast.AST):
            fields = [name for name in one._fields if name not in _UNCARED]
            waiting += ((getattr(one, name, None), getattr(other, name, None)) for name in fields)
        elif isinstance(one, list | tuple) and isinstance(other, list | tuple):
            if len(one) != len(other):
                return False
            waiting += zip(one, other, strict=True)
        elif one != other:
            return False
    return True


def _bare_name(node: ast.AST) -> str | None:
    match node:
        case ast.Name(id=name) | ast.arg(arg=name):
            return name
        case _:
            return None
