"""`any([...])` and `all([...])` of a list comprehension."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_ASKING = {"builtins.any": "any", "builtins.all": "all"}


def find(source: Source) -> Iterator[Hit]:
    """Yield the calls; with `await` inside, a generator would be an asynchronous one."""
    for call in source.nodes(ast.Call):
        match call:
            case ast.Call(
                func=ast.Name() | ast.Attribute() as func, args=[ast.ListComp() as built], keywords=[]
            ):
                name = _ASKING.get(source.resolve(func) or "")
                if name and not _is_async(built):
                    yield Hit(node=call, at=call, facts={"NAME": name})


def _is_async(built: ast.ListComp) -> bool:
    return any(
        isinstance(node, (ast.Await, ast.NamedExpr))
        or (isinstance(node, ast.comprehension) and node.is_async)
        for node in ast.walk(built)
    )
