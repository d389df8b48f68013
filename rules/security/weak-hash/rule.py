"""Calls of hashlib.md5 and hashlib.sha1 that do not say whether security depends on them."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_WEAK = frozenset({"hashlib.md5", "hashlib.sha1"})


def find(source: Source) -> Iterator[Hit]:
    """Yield the calls without `usedforsecurity`."""
    if b"hashlib" not in source.data:
        return
    for call in source.nodes(ast.Call):
        if any(keyword.arg in {"usedforsecurity", None} for keyword in call.keywords):
            continue
        name = source.resolve(call.func)
        if name in _WEAK:
            yield Hit(node=call, at=call, facts={"NAME": name})
        elif name == "hashlib.new" and call.args and _is_weak(call.args[0]):
            yield Hit(node=call, at=call, facts={"NAME": f"hashlib.new({ast.unparse(call.args[0])})"})


def _is_weak(algorithm: ast.expr) -> bool:
    return isinstance(algorithm, ast.Constant) and str(algorithm.value).lower() in {"md5", "sha1", "sha-1"}
