"""`is` and `is not` with a number, a string or a display of values."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_DISPLAYS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.JoinedStr)


def find(source: Source) -> Iterator[Hit]:
    """Yield comparisons in which some `is` has a literal beside it."""
    for compare in source.nodes(ast.Compare):
        sides = [compare.left, *compare.comparators]
        for position, operator in enumerate(compare.ops):
            if isinstance(operator, (ast.Is, ast.IsNot)) and any(
                _is_literal(side) for side in sides[position : position + 2]
            ):
                said = ("is", "==") if isinstance(operator, ast.Is) else ("is not", "!=")
                yield Hit(
                    node=compare,
                    at=compare,
                    facts={"OP": said[0], "EQUAL": said[1], "position": str(position)},
                )
                break


def _is_literal(side: ast.expr) -> bool:
    if isinstance(side, ast.UnaryOp) and isinstance(side.op, ast.USub):
        side = side.operand
    if isinstance(side, ast.Constant):
        return isinstance(side.value, (str, bytes, int, float, complex)) and not isinstance(side.value, bool)
    return isinstance(side, _DISPLAYS)
