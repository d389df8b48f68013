"""try statements whose handlers all raise again at once."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield them; with `else` or `finally` the statement has a use."""
    for statement in source.nodes(ast.Try):
        if statement.orelse or statement.finalbody or not all(map(_passes_on, statement.handlers)):
            continue
        plain = all(_is_builtin(source, handler.type) for handler in statement.handlers)
        yield Hit(node=statement, at=statement.handlers[0], facts={"plain": "yes" if plain else ""})


def _passes_on(handler: ast.ExceptHandler) -> bool:
    match handler.body:
        case [ast.Raise(exc=None)]:
            return True
        case _:
            return False


def _is_builtin(source: Source, caught: ast.expr | None) -> bool:
    """Naming the type cannot fail or have effects."""
    if isinstance(caught, ast.Tuple):
        return all(_is_builtin(source, element) for element in caught.elts)
    return caught is None or (source.resolve(caught) or "").startswith("builtins.")
