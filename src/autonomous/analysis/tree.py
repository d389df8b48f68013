"""Walk a syntax tree once, without recursion, and remember parents and nodes by type."""

import ast
from collections.abc import Iterator
from typing import Final, TypeVar, cast

_SCALAR_NAMES: Final = (
    "arg asname attr conversion ctx id is_async kind kwd_attrs level lineno module name op ops rest "
    "simple tag type_comment type_ignores"
)
_SCALARS: Final = frozenset(_SCALAR_NAMES.split())
_NO_CHILDREN: Final = (ast.Constant, ast.Global, ast.MatchSingleton, ast.Nonlocal)


def _children_of(kind: type[ast.AST]) -> tuple[str, ...]:
    if issubclass(kind, _NO_CHILDREN):
        return ()
    kept = tuple(field for field in kind._fields if field not in _SCALARS)
    return (*kept, "name") if kind.__name__ == "TypeAlias" else kept


def _all_kinds() -> dict[type, tuple[str, ...]]:
    found: dict[type, tuple[str, ...]] = {type(None): ()}  # a `None` key of `{**mapping}`
    for name in dir(ast):
        kind = getattr(ast, name)
        if isinstance(kind, type) and issubclass(kind, ast.AST):
            found[kind] = _children_of(kind)
    return found


CHILD_FIELDS: Final = _all_kinds()
"""For each node type the fields that hold nodes, or lists of nodes."""

Buckets = dict[type, list[ast.AST]]
_Node = TypeVar("_Node", bound=ast.AST)


class SyntaxTree:
    """A tree that was walked once. Nodes are compared by identity: they belong to this tree only."""

    def __init__(self, root: ast.Module) -> None:
        self.root = root
        self.parents, self._buckets = _index(root)

    def nodes(self, *kinds: type[_Node]) -> Iterator[_Node]:
        """All nodes of exactly these types, breadth first; from the one walk, so asking costs nothing."""
        for kind in kinds:
            yield from self._buckets.get(kind, ())  # type: ignore[misc]  # a bucket holds its key's type

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes around `node`, from its parent out to the module."""
        parent = self.parents.get(node)
        while parent is not None:
            yield parent
            parent = self.parents.get(parent)


def descendants(node: ast.AST) -> Iterator[ast.AST]:
    """`node` and all nodes below it, breadth first."""
    waiting: list[ast.AST | None] = [node]
    for found in waiting:
        if found is None:
            continue
        yield found
        for field in CHILD_FIELDS[found.__class__]:
            value = getattr(found, field, None)
            if value.__class__ is list:
                waiting += value
            else:
                waiting.append(value)


def _index(root: ast.Module) -> tuple[dict[ast.AST, ast.AST], Buckets]:
    # Operators and contexts are left out: CPython shares one object among all their places. This loop is
    # the hot one of a scan, hence the local names and the comparison of classes (benchmarks/).
    parents: dict[ast.AST | None, ast.AST] = {}  # None while walking: `{**mapping}`
    buckets: Buckets = {}
    waiting: list[ast.AST] = [root]
    push = waiting.append
    for node in waiting:
        kind = node.__class__
        if kind in buckets:
            buckets[kind].append(node)
        else:
            buckets[kind] = [node]
        for field in CHILD_FIELDS[kind]:
            value = getattr(node, field, None)
            if value.__class__ is list:
                waiting += value
                for child in value:
                    parents[child] = node
            elif value is not None:
                push(value)
                parents[value] = node
    parents.pop(None, None)
    buckets.pop(type(None), None)
    return cast("dict[ast.AST, ast.AST]", parents), buckets
