"""Calls of `warn` on the logging module and its loggers."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield the calls; `warnings.warn` and loggers of other libraries are something else."""
    if b"warn" not in source.data:
        return
    for call in source.nodes(ast.Call):
        if (
            isinstance(call.func, ast.Attribute)
            and call.func.attr == "warn"
            and _is_logging(source, call.func)
        ):
            yield Hit(node=call.func, at=call)


def _is_logging(source: Source, method: ast.Attribute) -> bool:
    return source.resolve(method) == "logging.warn" or source.type_of(method.value) == "logging.Logger"
