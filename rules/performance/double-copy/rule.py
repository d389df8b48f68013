"""`sorted(list(x))`, `list(sorted(x))`, `set(list(x))` and the like."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_INNER_GOES = {
    "sorted": frozenset({"list", "tuple"}),
    "list": frozenset({"list", "tuple"}),
    "tuple": frozenset({"list", "tuple"}),
    "set": frozenset({"list", "tuple", "set"}),
}


def find(source: Source) -> Iterator[Hit]:
    """Yield the pairs of which one can go without a trace."""
    for call in source.nodes(ast.Call):
        match call:
            case ast.Call(
                func=ast.Name() as func,
                args=[ast.Call(func=ast.Name() as inner_func, args=[inner_argument]) as inner],
            ):
                outer_name, inner_name = _builtin(source, func), _builtin(source, inner_func)
                if isinstance(inner_argument, ast.Starred) or not outer_name or not inner_name:
                    continue
                if (
                    inner_name in _INNER_GOES.get(outer_name, ())
                    and not inner.keywords
                    and _plain_options(call)
                ):
                    yield _hit(call, outer_name, inner_name, better=outer_name)
                elif outer_name == "list" and inner_name == "sorted" and not call.keywords:
                    yield _hit(call, outer_name, inner_name, better=inner_name)


def _builtin(source: Source, func: ast.Name) -> str:
    return (source.resolve(func) or "").removeprefix("builtins.") if func.id in {*_INNER_GOES} else ""


def _plain_options(call: ast.Call) -> bool:
    """Options that do nothing when they are evaluated: the copy used to be made before them."""
    return all(
        isinstance(option.value, (ast.Name, ast.Constant, ast.Lambda)) and option.arg
        for option in call.keywords
    )


def _hit(call: ast.Call, outer: str, inner: str, *, better: str) -> Hit:
    return Hit(node=call, at=call, facts={"OUTER": outer, "INNER": inner, "BETTER": f"{better}(...)"})
