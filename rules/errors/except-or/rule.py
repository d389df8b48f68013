"""Handlers whose type is joined with `or` or `and`."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield the types of handlers such as `except A or B:`."""
    for handler in source.nodes(ast.ExceptHandler):
        if isinstance(handler.type, ast.BoolOp) and all(_is_name(value) for value in handler.type.values):
            yield Hit(node=handler.type, at=handler.type, facts={"TYPES": ast.unparse(handler.type)})


def _is_name(value: ast.expr) -> bool:
    return isinstance(value, (ast.Name, ast.Attribute))
