"""Calls of datetime.utcnow and datetime.utcfromtimestamp."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_NAIVE = frozenset({"datetime.datetime.utcnow", "datetime.datetime.utcfromtimestamp"})


def find(source: Source) -> Iterator[Hit]:
    """Yield the calls."""
    for call in source.nodes(ast.Call):
        name = source.resolve(call.func) if isinstance(call.func, ast.Attribute) else None
        if name in _NAIVE:
            yield Hit(node=call, at=call, facts={"NAME": name.partition(".")[2]})
