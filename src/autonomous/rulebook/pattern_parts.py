"""The parts a compiled pattern is made of: holes, names, literals, and nodes with fields."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from autonomous.rulebook.solving import Pattern, State, in_turn

_NO_HOLE: Final = (ast.Starred, ast.Slice)


@dataclass(frozen=True, slots=True)
class Hole:
    """`$X`: one expression or statement, the same code every time."""

    name: str

    def solve(self, node: ast.AST, state: State) -> Iterator[State]:
        if not isinstance(node, _NO_HOLE):
            found = state.bind(self.name, node, node)
            if found is not None:
                yield found


@dataclass(frozen=True, slots=True)
class Anything:
    """`...` where one expression must stand."""

    def solve(self, _node: ast.AST, state: State) -> Iterator[State]:
        yield state


@dataclass(frozen=True, slots=True)
class Path:
    """A dotted name, by what it resolves to; a part without text is a hole of that name."""

    parts: tuple[tuple[str, str | None], ...]  # text and hole name of each part

    def solve(self, node: ast.AST, state: State) -> Iterator[State]:
        if not isinstance(node, ast.Name | ast.Attribute):
            return
        for dotted in state.source.names.resolve(node):
            found = self._solve(dotted.split("."), node, state)
            if found is not None:
                yield found

    def _solve(self, names: list[str], node: ast.AST, state: State) -> State | None:
        if len(names) != len(self.parts):
            return None
        current: State | None = state
        for (text, hole), name in zip(self.parts, names, strict=True):
            if current is None or (hole is None and text != name):
                return None
            if hole is not None:
                current = current.bind(hole, name, node)
        return current


@dataclass(frozen=True, slots=True)
class Bare:
    """A name alone that is no built-in: the name as it is written, or an import that is called so."""

    name: str
    resolves: bool = True

    def solve(self, node: ast.AST, state: State) -> Iterator[State]:
        if isinstance(node, ast.Name) and (
            node.id == self.name or (self.resolves and self.name in state.source.names.resolve(node))
        ):
            yield state


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, string, `True`, `None`, ...: equal in type and value, however it is written."""

    value: object

    def solve(self, node: ast.AST, state: State) -> Iterator[State]:
        if (
            isinstance(node, ast.Constant)
            and type(node.value) is type(self.value)
            and node.value == self.value
        ):
            yield state


@dataclass(frozen=True, slots=True)
class AnyString:
    """`"..."` or `"$X"`: any string literal; with `kind` bytes any bytes literal."""

    kind: type
    hole: str | None = None

    def solve(self, node: ast.AST, state: State) -> Iterator[State]:
        if not self._is_literal(node):
            return
        found = state if self.hole is None else state.bind(self.hole, node, node)
        if found is not None:
            yield found

    def _is_literal(self, node: ast.AST) -> bool:
        waiting = [node]
        while waiting:
            match waiting.pop():
                case ast.Constant(value=value) if type(value) is self.kind:
                    continue
                case ast.JoinedStr() if self.kind is str:
                    continue
                case ast.BinOp(op=ast.Add(), left=left, right=right):
                    waiting += [left, right]
                case _:
                    return False
        return True


@dataclass(frozen=True, slots=True)
class Named:
    """A field that holds a bare name: an attribute, a definition's name, an imported module."""

    field: str
    text: str
    hole: str | None = None

    def solve(self, node: ast.AST, state: State) -> Iterator[State]:
        value = getattr(node, self.field)
        if self.hole is None:
            if value == self.text:
                yield state
        elif isinstance(value, str):
            found = state.bind(self.hole, value, node)
            if found is not None:
                yield found


@dataclass(frozen=True, slots=True)
class Scalar:
    """A field that holds a plain value, or nothing."""

    field: str
    value: object

    def solve(self, node: ast.AST, state: State) -> Iterator[State]:
        if getattr(node, self.field) == self.value:
            yield state


@dataclass(frozen=True, slots=True)
class Operators:
    """A field that holds an operator or several."""

    field: str
    kinds: tuple[type[ast.AST], ...]

    def solve(self, node: ast.AST, state: State) -> Iterator[State]:
        value = getattr(node, self.field)
        found = value if isinstance(value, list) else [value]
        if tuple(type(each) for each in found) == self.kinds:
            yield state


@dataclass(frozen=True, slots=True)
class Child:
    """A field that holds one node, which must be there."""

    field: str
    pattern: Pattern

    def solve(self, node: ast.AST, state: State) -> Iterator[State]:
        value = getattr(node, self.field)
        if value is not None:
            yield from self.pattern.solve(value, state)


@dataclass(frozen=True, slots=True)
class Exact:
    """A node of one of these types whose parts all match."""

    kinds: tuple[type[ast.AST], ...]
    parts: tuple[Pattern, ...]

    def solve(self, node: ast.AST, state: State) -> Iterator[State]:
        if type(node) in self.kinds:
            yield from in_turn(self.parts, node, state)
