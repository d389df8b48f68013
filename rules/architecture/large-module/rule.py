"""Modules with so many statements that they have more than one subject."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_MOST = 500
_KINDS = tuple(
    kind
    for kind in vars(ast).values()
    if isinstance(kind, type) and issubclass(kind, ast.stmt) and kind is not ast.stmt
)


def find(source: Source) -> Iterator[Hit]:
    """Yield the module once, at its first definition; files of data and long texts have few statements."""
    count = sum(1 for _ in source.nodes(*_KINDS))
    definitions = [
        one
        for one in source.tree.body
        if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
    ]
    if count > _MOST and len(definitions) > 1:
        yield Hit(node=definitions[0], at=definitions[0], facts={"COUNT": str(count)})
