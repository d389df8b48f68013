"""Handlers without a type that do not pass on what they caught."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_BARRIERS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def find(source: Source) -> Iterator[Hit]:
    """Yield handlers; one that raises again is clean-up and meant to see everything."""
    for handler in source.nodes(ast.ExceptHandler):
        if handler.type is None and not any(_raises(statement) for statement in handler.body):
            yield Hit(node=handler, at=handler)


def _raises(node: ast.AST) -> bool:
    if isinstance(node, ast.Raise):
        return True
    return not isinstance(node, _BARRIERS) and any(_raises(child) for child in ast.iter_child_nodes(node))
