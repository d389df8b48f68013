"""Statements that are nothing but a comparison."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_PROBES = (ast.With, ast.AsyncWith, ast.Try, ast.TryStar)


def find(source: Source) -> Iterator[Hit]:
    """Yield them; inside `try` or `with` the comparison may be there to see whether it raises."""
    for statement in source.nodes(ast.Expr):
        if isinstance(statement.value, ast.Compare) and not any(
            isinstance(node, _PROBES) for node in source.ancestors(statement)
        ):
            yield Hit(node=statement.value, at=statement.value)
