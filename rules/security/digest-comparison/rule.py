"""Comparisons of a keyed digest with `==` or `!=`."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook import facts
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield comparisons where one side is the digest of an HMAC; plain checksums are no secret."""
    if b"hmac" not in source.data:
        return
    for compare in source.nodes(ast.Compare):
        if len(compare.ops) != 1 or not isinstance(compare.ops[0], (ast.Eq, ast.NotEq)):
            continue
        left, right = compare.left, compare.comparators[0]
        if isinstance(left, ast.Constant) or isinstance(right, ast.Constant):
            continue
        if _is_keyed(source, left) or _is_keyed(source, right):
            yield Hit(
                node=compare, at=compare, facts={"OP": "==" if isinstance(compare.ops[0], ast.Eq) else "!="}
            )


def _is_keyed(source: Source, side: ast.expr) -> bool:
    if isinstance(side, ast.Name):
        values = facts.values_of(source, side)
        return values is not None and len(values) == 1 and _is_digest_call(source, values[0])
    return _is_digest_call(source, side)


def _is_digest_call(source: Source, value: ast.expr) -> bool:
    if not isinstance(value, ast.Call):
        return False
    if source.resolve(value.func) == "hmac.digest":
        return True
    if not isinstance(value.func, ast.Attribute) or value.func.attr not in {"digest", "hexdigest"}:
        return False
    owner = value.func.value
    made = isinstance(owner, ast.Call) and source.resolve(owner.func) in {"hmac.new", "hmac.HMAC"}
    return made or source.type_of(owner) == "hmac.HMAC"
