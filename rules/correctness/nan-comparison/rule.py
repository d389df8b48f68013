"""`==` and `!=` with a NaN beside it."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_NAN = frozenset({"math.nan", "numpy.nan", "numpy.NaN", "numpy.NAN", "cmath.nan"})


def find(source: Source) -> Iterator[Hit]:
    """Yield the comparisons."""
    if b"nan" not in source.data.lower():
        return
    for compare in source.nodes(ast.Compare):
        if len(compare.ops) == 1 and isinstance(compare.ops[0], (ast.Eq, ast.NotEq)):
            sides = (compare.left, compare.comparators[0])
            if _is_nan(source, sides[0]) != _is_nan(source, sides[1]):
                side = "left" if _is_nan(source, sides[0]) else "right"
                said = "==" if isinstance(compare.ops[0], ast.Eq) else "!="
                yield Hit(node=compare, at=compare, facts={"OP": said, "side": side})


def _is_nan(source: Source, side: ast.expr) -> bool:
    match side:
        case ast.Call(func=func, args=[ast.Constant(value=str(text))], keywords=[]):
            return text.strip().lower().lstrip("+-") == "nan" and source.resolve(func) == "builtins.float"
        case ast.Attribute() | ast.Name():
            return source.resolve(side) in _NAN
        case _:
            return False
