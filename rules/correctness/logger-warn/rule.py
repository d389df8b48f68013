"""Calls of `warn` on the logging module and its loggers."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield the calls; `warnings.warn` and loggers of other libraries are something else."""
    for call in source.nodes(ast.Call):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "warn":
            if (
                source.resolve(call.func) == "logging.warn"
                or source.type_of(call.func.value) == "logging.Logger"
            ):
                yield Hit(node=call.func, at=call)
