"""Handlers for everything that do nothing and do not say why."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_EVERYTHING = frozenset({"builtins.Exception", "builtins.BaseException"})


def find(source: Source) -> Iterator[Hit]:
    """Yield handlers of `Exception` or wider whose body is `pass`; a comment inside counts as the reason."""
    for handler in source.nodes(ast.ExceptHandler):
        if (
            _does_nothing(handler.body)
            and _catches_all(source, handler.type)
            and not _explained(source, handler)
        ):
            yield Hit(node=handler, at=handler)


def _does_nothing(body: list[ast.stmt]) -> bool:
    match body:
        case [ast.Pass()]:
            return True
        case [ast.Expr(value=ast.Constant(value=value))]:
            return value is Ellipsis
        case _:
            return False


def _catches_all(source: Source, caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(_catches_all(source, element) for element in caught.elts)
    return caught is None or source.resolve(caught) in _EVERYTHING


def _explained(source: Source, handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1].end_lineno or handler.lineno
    return any("#" in line for line in source.lines[handler.lineno - 1 : last])
