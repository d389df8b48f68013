"""Calls of datetime.utcnow and datetime.utcfromtimestamp."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_NAIVE = {
    "datetime.datetime.utcnow": 0,
    "datetime.datetime.utcfromtimestamp": 1,
}  # and how many arguments each takes


def find(source: Source) -> Iterator[Hit]:
    """Yield the calls."""
    if b"utc" not in source.data:
        return
    for call in source.nodes(ast.Call):
        name = source.resolve(call.func) if isinstance(call.func, ast.Attribute) else None
        if name in _NAIVE and len(call.args) == _NAIVE[name] and not call.keywords:
            yield Hit(node=call, at=call, facts={"NAME": name.partition(".")[2]})
