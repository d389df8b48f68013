"""`from module import *` outside of a package's own front."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield them; a module that is nothing but a second name of another is left alone."""
    statements = [
        one
        for one in source.tree.body
        if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
    ]
    if all(isinstance(one, (ast.Import, ast.ImportFrom)) for one in statements):
        return
    for statement in source.nodes(ast.ImportFrom):
        if any(alias.name == "*" for alias in statement.names):
            module = "." * statement.level + (statement.module or "")
            yield Hit(node=statement, at=statement, facts={"MODULE": module})
