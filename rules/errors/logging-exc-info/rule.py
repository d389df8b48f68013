"""Calls of `error` with the exception's traceback, inside a handler."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_BARRIERS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def find(source: Source) -> Iterator[Hit]:
    """Yield calls on the logging module or on a Logger of its own; adapters and other loggers may differ."""
    if b"exc_info" not in source.data:
        return
    for call in source.nodes(ast.Call):
        if (
            not isinstance(call.func, ast.Attribute)
            or call.func.attr != "error"
            or not _gives_traceback(call)
        ):
            continue
        logs = (
            source.resolve(call.func) == "logging.error"
            or source.type_of(call.func.value) == "logging.Logger"
        )
        if logs and _in_handler(source, call):
            yield Hit(node=call, at=call)


def _gives_traceback(call: ast.Call) -> bool:
    given = [keyword for keyword in call.keywords if keyword.arg in {"exc_info", None}]
    if len(given) != 1 or given[0].arg is None:
        return False
    return isinstance(given[0].value, ast.Constant) and given[0].value.value is True


def _in_handler(source: Source, call: ast.Call) -> bool:
    for node in source.ancestors(call):
        if isinstance(node, ast.ExceptHandler):
            return True
        if isinstance(node, _BARRIERS):
            return False
    return False
