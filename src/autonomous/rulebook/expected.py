"""What a filled template must mean: the tree that the new code has to parse to."""

import ast
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from autonomous.rulebook.hit import Held
from autonomous.rulebook.template import REST, hole_name, run_name

Canonical: TypeAlias = "str | tuple[Canonical, ...]"


class Unfillable(Exception):
    """A template asks for something that this match does not hold, or holds in another form."""


def canonical(node: object) -> Canonical:
    """Form in which two trees are compared: no places, no contexts, keyword arguments in any order."""
    if isinstance(node, ast.AST):
        parts = tuple(
            canonical(value)
            for name, value in ast.iter_fields(node)
            if name not in {"ctx", "kind", "type_comment", "type_ignores"}
        )
        return (type(node).__name__, *parts)
    if isinstance(node, list):
        items = tuple(canonical(item) for item in node)
        if node and isinstance(node[0], ast.keyword):
            return tuple(sorted(items, key=repr))
        return items
    return f"{type(node).__name__} {node!r}"


def same(left: object, right: object) -> bool:
    """Tell whether two nodes, or two lists of nodes, mean the same."""
    return canonical(left) == canonical(right)


class Substitution(ast.NodeTransformer):
    """Puts what is held into the tree of a marked template. Raises Unfillable for a hole that is not held.

    With `only`, just that marked name is filled.
    """

    def __init__(self, held: Mapping[str, Held], only: str | None = None) -> None:
        self._held, self._only = held, only

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """Fill a hole."""
        name = hole_name(node.id)
        if name is None or not self._wanted(node.id):
            return node
        return single(self._held, name)

    def visit_Starred(self, node: ast.Starred) -> ast.AST | list[ast.AST]:
        """Fill a run of arguments or elements."""
        name = run_name(node.value.id) if isinstance(node.value, ast.Name) else None
        if name is None:
            return self.generic_visit(node)
        return list(several(self._held, name)) if self._only is None else node

    def visit_Expr(self, node: ast.Expr) -> ast.AST | list[ast.AST]:
        """Fill a run of statements, or a hole that holds a statement."""
        if isinstance(node.value, ast.Name):
            name = run_name(node.value.id)
            if name is not None:
                return list(several(self._held, name)) if self._only is None else node
            filled = self.visit(node.value)
            if isinstance(filled, ast.stmt):
                return filled
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Fill runs, and sort their keyword arguments to the others."""
        if REST in self._held and self._only is None:
            node.args = [part for arg in node.args for part in self._rest(arg)]
        self.generic_visit(node)
        node.keywords += [arg for arg in node.args if isinstance(arg, ast.keyword)]
        node.args = [arg for arg in node.args if not isinstance(arg, ast.keyword)]
        return node

    def _rest(self, arg: ast.expr) -> Iterator[ast.expr]:
        if isinstance(arg, ast.Constant) and arg.value is ...:
            yield from several(self._held, REST)  # type: ignore[misc]  # keywords are sorted out by visit_Call
        else:
            yield arg

    def _wanted(self, marked: str) -> bool:
        return self._only is None or self._only == marked


def single(held: Mapping[str, Held], name: str) -> ast.AST:
    """Return the one node that a hole holds. Raises Unfillable when it holds none, a name or a run."""
    value = held.get(name)
    if isinstance(value, tuple) and len(value) == 1:
        return value[0]
    if isinstance(value, ast.AST):
        return value
    raise Unfillable(name)


def several(held: Mapping[str, Held], name: str) -> tuple[ast.AST, ...]:
    """Return the nodes that a run holds. Raises Unfillable when it is not held, or holds a name."""
    value = held.get(name)
    if isinstance(value, tuple):
        return value
    if isinstance(value, ast.AST):
        return (value,)
    raise Unfillable(name)
