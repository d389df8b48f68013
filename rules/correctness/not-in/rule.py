"""`not x in y` and `not x is y`."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield negations of a single `in` or `is`."""
    for negation in source.nodes(ast.UnaryOp):
        if not isinstance(negation.op, ast.Not) or not isinstance(negation.operand, ast.Compare):
            continue
        operators = negation.operand.ops
        if len(operators) == 1 and isinstance(operators[0], (ast.In, ast.Is)):
            said = "in" if isinstance(operators[0], ast.In) else "is"
            yield Hit(
                node=negation,
                at=negation,
                facts={"OP": said, "BETTER": {"in": "not in", "is": "is not"}[said]},
            )
