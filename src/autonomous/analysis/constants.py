"""Constant folding with bounds, so that no expression in a scanned file can hang or exhaust the scan."""

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from autonomous.analysis.arithmetic import Undecided, Value, binary, bounded, compare, element, unary
from autonomous.analysis.names import Names
from autonomous.analysis.scopes import Assigned

_DEEPEST: Final = 100
_CONVERSIONS: Final[dict[int, Callable[[Value], str]]] = {ord("r"): repr, ord("a"): ascii}
_FOLDABLE: Final = (
    ast.Name, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp,
    ast.JoinedStr, ast.Subscript, ast.Dict, ast.Set, ast.List, ast.Tuple,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A value that an expression always has; `Known(None)` is the constant None."""

    value: Value


class Constants:
    """Folds expressions of one file; each node is folded at most once."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._known: dict[ast.AST, Known | None] = {}
        self._depth = 0

    def fold(self, node: ast.AST) -> Known | None:
        """Return the constant that `node` is, None when that is not known.

        Follows names that are assigned exactly once in their scope. Lists, dicts and sets count only where
        they are written: what a name of theirs holds may have changed since.
        """
        if isinstance(node, ast.Constant):
            return Known(node.value)
        if node in self._known:
            return self._known[node]
        if not isinstance(node, _FOLDABLE) or self._depth >= _DEEPEST:
            return None
        self._known[node] = None  # a name that is defined by itself has no constant
        self._depth += 1
        try:
            self._known[node] = Known(bounded(self._compute(node)))
        except Undecided:
            pass
        finally:
            self._depth -= 1
        return self._known[node]

    def _need(self, node: ast.AST | None) -> Value:
        known = self.fold(node) if node is not None else None
        if known is None:
            raise Undecided
        return known.value

    def _compute(self, node: ast.AST) -> Value:  # noqa: C901, PLR0911, PLR0912 - one flat match
        match node:
            case ast.Name():
                return _unshared(self._need(assigned_once(self._names, node)))
            case ast.BinOp():
                return binary(node.op, self._need(node.left), self._need(node.right))
            case ast.UnaryOp():
                return unary(node.op, self._need(node.operand))
            case ast.BoolOp():
                return self._bool(node)
            case ast.Compare():
                return self._compare(node)
            case ast.IfExp():
                return self._need(node.body if self._need(node.test) else node.orelse)
            case ast.JoinedStr():
                return self._text(node)
            case ast.Subscript():
                return element(self._need(node.value), self._need(node.slice))
            case ast.Dict():
                return _dict(map(self._need, node.keys), map(self._need, node.values))
            case ast.Set():
                return _set(map(self._need, node.elts))
            case ast.List():
                return [self._need(each) for each in node.elts]
            case ast.Tuple():
                return tuple(self._need(each) for each in node.elts)
            case _:
                raise Undecided

    def _bool(self, node: ast.BoolOp) -> Value:
        ends_on = isinstance(node.op, ast.Or)
        value: Value = None
        for part in node.values:
            value = self._need(part)
            if bool(value) is ends_on:
                break
        return value

    def _compare(self, node: ast.Compare) -> Value:
        left = self._need(node.left)
        for op, comparator in zip(node.ops, node.comparators, strict=True):
            right = self._need(comparator)
            if not compare(op, left, right):
                return False
            left = right
        return True

    def _text(self, node: ast.JoinedStr) -> Value:
        return "".join([self._piece(part) for part in node.values])

    def _piece(self, part: ast.expr) -> str:
        match part:
            case ast.Constant(value=str(text)):
                return text
            case ast.FormattedValue(value=inner, conversion=conversion, format_spec=None):
                return _CONVERSIONS.get(conversion, str)(self._need(inner))
            case _:
                raise Undecided


def assigned_once(names: Names, node: ast.Name) -> ast.expr | None:
    """Return the value of a name that is bound by exactly one assignment in its scope, else None."""
    _, found = names.lookup(node.id, node)
    match found:
        case (Assigned(value=value),):
            return value
        case _:
            return None


def _unshared(value: Value) -> Value:
    if isinstance(value, list | dict | set):
        raise Undecided
    return value


def _set(elements: Iterable[Value]) -> Value:
    try:
        return set(elements)
    except TypeError as unhashable:
        raise Undecided from unhashable


def _dict(keys: Iterable[Value], values: Iterable[Value]) -> Value:
    try:
        return dict(zip(keys, values, strict=True))
    except TypeError as unhashable:
        raise Undecided from unhashable
