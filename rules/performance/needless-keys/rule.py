"""`k in d.keys()` and `for k in d.keys()`."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield the call of keys(); loops only over what is known to be a dict, nothing on `self`."""
    if b"keys" not in source.data:
        return
    for compare in source.nodes(ast.Compare):
        for operator, side in zip(compare.ops, compare.comparators, strict=True):
            if isinstance(operator, (ast.In, ast.NotIn)):
                yield from _judged(source, side, known_only=False)
    for loop in source.nodes(ast.For):
        yield from _judged(source, loop.iter, known_only=True)
    for part in source.nodes(ast.comprehension):
        yield from () if part.is_async else _judged(source, part.iter, known_only=True)


def _judged(source: Source, call: ast.expr, *, known_only: bool) -> Iterator[Hit]:
    match call:
        case ast.Call(func=ast.Attribute(value=owner, attr="keys"), args=[], keywords=[]):
            known = source.type_of(owner) == "builtins.dict"
            if (known or not known_only) and not _is_own(owner):
                yield Hit(
                    node=call,
                    at=call,
                    held={"KNOWN": "yes" if known else ""},
                    facts={"OWNER": ast.unparse(owner)},
                )


def _is_own(owner: ast.expr) -> bool:
    """`self.keys()` and `super().keys()`: the class may define `in` by it."""
    if isinstance(owner, ast.Name):
        return owner.id in {"self", "cls"}
    return isinstance(owner, ast.Call) and isinstance(owner.func, ast.Name) and owner.func.id == "super"
