"""Calls of jwt.decode that switch the check of the signature off."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_DECODERS = frozenset({"jwt.decode", "jwt.decode_complete", "jose.jwt.decode"})


def find(source: Source) -> Iterator[Hit]:
    """Yield calls with `verify=False` or `options={"verify_signature": False}`."""
    if b"jwt" not in source.data:
        return
    for call in source.nodes(ast.Call):
        if source.resolve(call.func) in _DECODERS and any(
            _switches_off(keyword) for keyword in call.keywords
        ):
            yield Hit(node=call, at=call)


def _switches_off(keyword: ast.keyword) -> bool:
    if keyword.arg == "verify":
        return _is_false(keyword.value)
    if keyword.arg != "options" or not isinstance(keyword.value, ast.Dict):
        return False
    pairs = zip(keyword.value.keys, keyword.value.values, strict=True)
    return any(
        isinstance(key, ast.Constant) and key.value == "verify_signature" and _is_false(value)
        for key, value in pairs
    )


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False
