"""Statements that make a built-in exception and do nothing with it."""

import ast
import builtins
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_EXCEPTIONS = frozenset(
    f"builtins.{name}"
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException) and not issubclass(value, Warning)
)


def find(source: Source) -> Iterator[Hit]:
    """Yield expression statements; inside a `raises` block making the exception may be what is tested."""
    for statement in source.nodes(ast.Expr):
        call = statement.value
        if (
            isinstance(call, ast.Call)
            and source.resolve(call.func) in _EXCEPTIONS
            and not _in_with(source, statement)
        ):
            yield Hit(node=statement, at=call, facts={"NAME": ast.unparse(call.func)})


def _in_with(source: Source, statement: ast.stmt) -> bool:
    return any(isinstance(node, (ast.With, ast.AsyncWith)) for node in source.ancestors(statement))
