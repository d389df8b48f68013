"""Calls of requests' functions that pass no timeout."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

# Where `timeout` stands when it is given by position: nowhere; all of these take it by keyword only, behind **kwargs.
_FUNCTIONS = frozenset(
    f"requests.{name}" for name in ("get", "post", "put", "patch", "delete", "head", "options", "request")
)


def find(source: Source) -> Iterator[Hit]:
    """Yield the calls that surely pass none; `**options` may hold one and is left alone."""
    if b"requests" not in source.data:
        return
    for call in source.nodes(ast.Call):
        if any(keyword.arg in {"timeout", None} for keyword in call.keywords):
            continue
        name = source.resolve(call.func)
        if name in _FUNCTIONS:
            yield Hit(node=call, at=call, held={"FN": name.rpartition(".")[2]})
