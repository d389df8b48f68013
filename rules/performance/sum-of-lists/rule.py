"""`sum(lists, [])`."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_READERS = frozenset(f"builtins.{name}" for name in ("set", "frozenset", "sorted", "list", "tuple"))


def find(source: Source) -> Iterator[Hit]:
    """Yield the calls, and say whether a list is asked for at all."""
    for call in source.nodes(ast.Call):
        match call:
            case (
                ast.Call(func=ast.Name(id="sum"), args=[lists, ast.List(elts=[])], keywords=[])
                | ast.Call(
                    func=ast.Name(id="sum"),
                    args=[lists],
                    keywords=[ast.keyword(arg="start", value=ast.List(elts=[]))],
                )
            ) if not isinstance(lists, ast.Starred) and source.resolve(call.func) == "builtins.sum":
                facts = {"read": "yes" if _is_read(source, call) else ""}
                yield Hit(node=call, at=call, held={"LISTS": lists}, facts=facts)


def _is_read(source: Source, call: ast.Call) -> bool:
    """`set(sum(...))` takes any iterable: a list in between would be a copy too many."""
    around = source.parents[call]
    return (
        isinstance(around, ast.Call) and around.args[:1] == [call] and source.resolve(around.func) in _READERS
    )
