"""`type(x) == str` and the like."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield comparisons of `type(x)` with a class, not with another value that may be no type."""
    if b"type" not in source.data:
        return
    for compare in source.nodes(ast.Compare):
        if len(compare.ops) != 1 or not isinstance(compare.ops[0], (ast.Eq, ast.NotEq)):
            continue
        left, right = compare.left, compare.comparators[0]
        if _is_type_of(source, left) and (_is_builtin(source, right) or _is_type_of(source, right)):
            yield Hit(node=_with_negation(source, compare), at=compare, facts={"LEFT": ast.unparse(left)})


def _is_type_of(source: Source, side: ast.expr) -> bool:
    return (
        isinstance(side, ast.Call)
        and len(side.args) == 1
        and not side.keywords
        and source.resolve(side.func) == "builtins.type"
    )


def _is_builtin(source: Source, side: ast.expr) -> bool:
    return isinstance(side, ast.Name) and (source.resolve(side) or "").startswith("builtins.")


def _with_negation(source: Source, compare: ast.Compare) -> ast.expr:
    """`not x == y` as a whole: `not x is y` would be no gain."""
    around = source.parents[compare]
    return around if isinstance(around, ast.UnaryOp) and isinstance(around.op, ast.Not) else compare
