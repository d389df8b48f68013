"""try statements whose handlers all raise again at once."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield them; with `else` or `finally` the statement has a use."""
    for statement in source.nodes(ast.Try):
        if (
            _starts_with_text(statement)
            or statement.orelse
            or statement.finalbody
            or not all(map(_passes_on, statement.handlers))
        ):
            continue
        plain = all(
            _is_builtin(source, handler.type) for handler in statement.handlers
        ) and not _is_commented(source, statement)
        yield Hit(node=statement, at=statement.handlers[0], held={"PLAIN": "yes" if plain else ""})


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


def _is_commented(source: Source, statement: ast.Try) -> bool:
    """A comment behind the try, or in the handlers, would go with them; so would the name that a handler binds."""
    first, last = statement.handlers[0].lineno, statement.end_lineno or statement.lineno
    lines = (source.lines[statement.lineno - 1], *source.lines[first - 1 : last])
    return any("#" in line for line in lines) or any(handler.name for handler in statement.handlers)


def _starts_with_text(statement: ast.Try) -> bool:
    """Without the try around it, a string could become a docstring."""
    first = statement.body[0]
    return isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
