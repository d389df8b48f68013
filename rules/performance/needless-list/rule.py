"""`set([...])`, `dict([...])` and `list([...])` of a list comprehension."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_KINDS = frozenset({"builtins.set", "builtins.dict", "builtins.list"})


def find(source: Source) -> Iterator[Hit]:
    """Yield them; not inside an f-string, where a brace would mean something else."""
    for call in source.nodes(ast.Call):
        match call:
            case ast.Call(func=ast.Name() as func, args=[ast.ListComp() as built], keywords=[]):
                name = source.resolve(func)
                if name not in _KINDS or (name == "builtins.dict" and not _gives_pairs(built)):
                    continue
                if not any(isinstance(node, ast.FormattedValue) for node in source.ancestors(call)):
                    yield Hit(node=call, at=call, facts={"NAME": name.removeprefix("builtins.")})


def _gives_pairs(built: ast.ListComp) -> bool:
    match built.elt:
        case ast.Tuple(elts=[key, value]):
            return not isinstance(key, ast.Starred) and not isinstance(value, ast.Starred)
        case _:
            return False
