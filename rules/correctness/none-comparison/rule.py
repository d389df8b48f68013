"""`== None` and `!= None`, where no library reads them as an expression."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_QUERY = frozenset(
    {
        "filter",
        "filter_by",
        "where",
        "having",
        "on",
        "onclause",
        "join",
        "outerjoin",
        "select",
        "and_",
        "or_",
        "not_",
        "case",
        "exists",
        "any",
        "all",
        "when",
    }
)
_CONDITIONS = (ast.If, ast.While, ast.IfExp, ast.Assert, ast.BoolOp, ast.UnaryOp, ast.comprehension)


def find(source: Source) -> Iterator[Hit]:
    """Yield them; inside a query, an index or beside a class attribute `==` may build an expression."""
    for compare in source.nodes(ast.Compare):
        if len(compare.ops) != 1 or not isinstance(compare.ops[0], (ast.Eq, ast.NotEq)):
            continue
        sides = (compare.left, compare.comparators[0])
        nones = [isinstance(side, ast.Constant) and side.value is None for side in sides]
        if sum(nones) != 1 or _may_be_column(source, sides[nones.index(False)]) or _in_query(source, compare):
            continue
        said = ("==", "is None") if isinstance(compare.ops[0], ast.Eq) else ("!=", "is not None")
        yield Hit(node=_with_negation(source, compare), at=compare, facts={"OP": said[0], "BETTER": said[1]})


def _may_be_column(source: Source, side: ast.expr) -> bool:
    """`User.email`, `table.c.email`, `frame["a"]`."""
    match side:
        case ast.Attribute(value=ast.Name(id=owner)):
            return owner[:1].isupper()
        case ast.Attribute(value=ast.Attribute(attr=owner)):
            return owner == "c" or owner[:1].isupper()
        case ast.Subscript():
            return not isinstance(source.parents[source.parents[side]], _CONDITIONS)
        case _:
            return False


def _in_query(source: Source, compare: ast.Compare) -> bool:
    for node in source.ancestors(compare):
        if isinstance(node, ast.stmt):
            return isinstance(node, ast.Assert) and "test" in source.path
        if isinstance(node, ast.Subscript):
            return True
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in _QUERY:
                return True
    return False


def _with_negation(source: Source, compare: ast.Compare) -> ast.expr:
    """`not x == y` as a whole: `not x is y` would be no gain."""
    around = source.parents[compare]
    return around if isinstance(around, ast.UnaryOp) and isinstance(around.op, ast.Not) else compare
