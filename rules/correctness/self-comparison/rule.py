"""Comparisons of which both sides are the same variable, attribute or element."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_ORDERED = (ast.Is, ast.IsNot, ast.Lt, ast.Gt, ast.LtE, ast.GtE)


def find(source: Source) -> Iterator[Hit]:
    """Yield them; `x != x` and `x == x` of a plain name is how code without a library asks for NaN."""
    for compare in source.nodes(ast.Compare):
        if len(compare.ops) != 1 or not _is_path(compare.left):
            continue
        operator, right = compare.ops[0], compare.comparators[0]
        if ast.dump(compare.left) != ast.dump(right):
            continue
        if isinstance(operator, _ORDERED) or (
            isinstance(operator, (ast.Eq, ast.NotEq)) and isinstance(right, ast.Attribute)
        ):
            yield Hit(node=compare, at=compare, facts={"SIDE": ast.unparse(right)})


def _is_path(side: ast.expr) -> bool:
    """A name with attributes and constant indexes: reading it twice gives the same."""
    match side:
        case ast.Name():
            return True
        case ast.Attribute(value=value) | ast.Subscript(value=value, slice=ast.Constant() | ast.Name()):
            return _is_path(value)
        case _:
            return False
