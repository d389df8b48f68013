"""Defaults that are lists, dicts or sets, in functions that change them or hand them out."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_DISPLAYS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
_MAKERS = frozenset(
    {
        "builtins.list",
        "builtins.dict",
        "builtins.set",
        "builtins.bytearray",
        "collections.defaultdict",
        "collections.deque",
    }
)
_CHANGING = frozenset(
    {
        "add",
        "append",
        "appendleft",
        "clear",
        "discard",
        "extend",
        "insert",
        "pop",
        "popitem",
        "remove",
        "reverse",
        "setdefault",
        "sort",
        "update",
    }
)
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def find(source: Source) -> Iterator[Hit]:
    """Yield the defaults that can be seen by a later call; one that is only read does no harm."""
    optional = "yes" if _imports_optional(source) else ""
    functions: tuple[_Function, ...] = (*source.nodes(ast.FunctionDef), *source.nodes(ast.AsyncFunctionDef))
    for function in functions:
        for argument, default in _defaults(function.args):
            if _is_mutable(source, default) and _lives_on(source, function, argument.arg):
                yield Hit(node=function, at=default, facts={"NAME": argument.arg, "optional": optional})


def _imports_optional(source: Source) -> bool:
    return any(
        alias.name == "Optional" and alias.asname is None
        for statement in source.nodes(ast.ImportFrom)
        if statement.module in {"typing", "typing_extensions"}
        for alias in statement.names
    )


def _defaults(arguments: ast.arguments) -> Iterator[tuple[ast.arg, ast.expr]]:
    positional = [*arguments.posonlyargs, *arguments.args]
    if arguments.defaults:
        yield from zip(positional[-len(arguments.defaults) :], arguments.defaults, strict=True)
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if default is not None:
            yield argument, default


def _is_mutable(source: Source, default: ast.expr) -> bool:
    if isinstance(default, ast.Call):
        return source.resolve(default.func) in _MAKERS
    return isinstance(default, _DISPLAYS)


def _lives_on(source: Source, function: _Function, name: str) -> bool:
    """Changed in place, returned or stored, and never bound to something else."""
    uses = [
        node
        for statement in function.body
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and node.id == name
    ]
    around = [source.parents[use] for use in uses]
    if any(
        isinstance(use.ctx, ast.Store) and not isinstance(up, ast.AugAssign)
        for use, up in zip(uses, around, strict=True)
    ):
        return False
    return any(_changes(source, use, up) or _hands_out(use, up) for use, up in zip(uses, around, strict=True))


def _changes(source: Source, use: ast.Name, around: ast.AST) -> bool:
    match around:
        case ast.AugAssign(target=target):
            return target is use
        case ast.Subscript(value=value, ctx=ast.Store() | ast.Del()):
            return value is use
        case ast.Attribute(attr=attr):
            outer = source.parents.get(around)
            return attr in _CHANGING and isinstance(outer, ast.Call) and outer.func is around
        case _:
            return False


def _hands_out(use: ast.Name, around: ast.AST) -> bool:
    match around:
        case ast.Return() | ast.Yield():
            return True
        case ast.Assign(targets=targets, value=value):
            return value is use and any(
                isinstance(target, (ast.Attribute, ast.Subscript)) for target in targets
            )
        case ast.AnnAssign(target=ast.Attribute(), value=value):
            return value is use
        case _:
            return False
