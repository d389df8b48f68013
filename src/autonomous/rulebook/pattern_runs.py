"""Parts of a pattern that match several nodes: sequences, arguments, parameters, dict entries, blocks."""

import ast
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeAlias, TypeVar

from autonomous.rulebook.solving import Pattern, State

_Item = TypeVar("_Item")
_Part = TypeVar("_Part")


_TAIL: Final = "rest of the block"


@dataclass(frozen=True, slots=True)
class Run:
    """`...` or `$...XS`: any number of neighbours; what it matched is kept only when it has a name."""

    name: str


Items: TypeAlias = tuple[Pattern | Run, ...]


@dataclass(frozen=True, slots=True)
class Line(Generic[_Part, _Item]):
    """Neighbours of any kind against a line of patterns; `nodes_of` says what a run of them holds."""

    solve: Callable[[_Part, _Item, State], Iterator[State]]
    nodes_of: Callable[[_Item], Sequence[ast.AST]]

    def match(
        self, items: tuple[_Part | Run, ...], found: Sequence[_Item], state: State, *, start: int = 0
    ) -> Iterator[State]:
        """Yield each way in which `found`, from `start` to its end, matches all items in order."""
        state.fuel.burn()
        if not items:
            if start == len(found):
                yield state
            return
        head, rest = items[0], items[1:]
        if isinstance(head, Run):
            yield from self._run(head, rest, found, state, start=start)
        elif start < len(found):
            for each in self.solve(head, found[start], state):
                yield from self.match(rest, found, each, start=start + 1)

    def _run(
        self, run: Run, rest: tuple[_Part | Run, ...], found: Sequence[_Item], state: State, *, start: int
    ) -> Iterator[State]:
        least = sum(not isinstance(item, Run) for item in rest)
        for end in range(start if rest else len(found), len(found) - least + 1):
            held: State | None = state
            if run.name:
                taken = tuple(node for each in found[start:end] for node in self.nodes_of(each))
                held = state.bind(run.name, taken, taken[0] if taken else None)
            if held is not None:
                yield from self.match(rest, found, held, start=end)


def _solve_node(pattern: Pattern, node: ast.AST, state: State) -> Iterator[State]:
    return pattern.solve(node, state)


NODES: Final[Line[Pattern, ast.AST]] = Line(_solve_node, lambda node: (node,))


@dataclass(frozen=True, slots=True)
class Sequenced:
    """A field that holds a list of nodes, matched in order and as a whole."""

    field: str
    items: Items

    def solve(self, node: ast.AST, state: State) -> Iterator[State]:
        return NODES.match(self.items, getattr(node, self.field), state)


@dataclass(frozen=True, slots=True)
class Among:
    """A field that holds a list in which these are found in order, with others between them."""

    field: str
    items: tuple[Pattern, ...]

    def solve(self, node: ast.AST, state: State) -> Iterator[State]:
        spaced: list[Pattern | Run] = [Run("")]
        for item in self.items:
            spaced += [item, Run("")]
        return NODES.match(tuple(spaced), getattr(node, self.field), state)


@dataclass(frozen=True, slots=True)
class Block:
    """The whole body of a definition or compound statement; a docstring needs not be written."""

    field: str
    items: Items

    def solve(self, node: ast.AST, state: State) -> Iterator[State]:
        body = getattr(node, self.field)
        yield from NODES.match(self.items, body, state)
        if len(body) > 1 and _has_docstring(node, body):
            yield from NODES.match(self.items, body[1:], state)


def _has_docstring(node: ast.AST, body: list[ast.stmt]) -> bool:
    match node, body[0]:
        case (
            ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef(),
            ast.Expr(value=ast.Constant(value=str())),
        ):
            return True
        case _:
            return False


@dataclass(frozen=True, slots=True)
class Statements:
    """Consecutive statements anywhere in a block, tried from the node that is the first of them."""

    first: Pattern
    rest: Items

    def solve(self, node: ast.AST, state: State) -> Iterator[State]:
        if not isinstance(node, ast.stmt):
            return
        block, start = block_of(node, state)
        open_end = not isinstance(self.rest[-1], Run)
        items = (*self.rest, Run(_TAIL)) if open_end else self.rest
        for found in self.first.solve(node, state):
            for each in NODES.match(items, block, found, start=start + 1):
                tail = each.held.get(_TAIL, ())
                end = len(block) - (len(tail) if isinstance(tail, tuple) else 0)
                held = {name: value for name, value in each.held.items() if name != _TAIL}
                yield replace(each, held=held, rest=tuple(block[start + 1 : end]))


def block_of(node: ast.stmt, state: State) -> tuple[list[ast.stmt], int]:
    """Return the block that a statement stands in, and its index there."""
    parent = state.source.parent(node)
    for field in ("body", "orelse", "finalbody"):
        block = getattr(parent, field, None)
        if isinstance(block, list) and block:
            index = bisect_left(block, _position(node), key=_position)
            if index < len(block) and block[index] is node:
                return block, index
    return [node], 0


def _position(node: ast.stmt) -> tuple[int, int]:
    return node.lineno, node.col_offset
