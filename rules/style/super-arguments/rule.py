"""`super(Class, self)` where `super()` means the same."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_SCOPES = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.Lambda,
    ast.ClassDef,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)


def find(source: Source) -> Iterator[Hit]:
    """Yield calls right in a method of a plain class of the module."""
    if b"super" not in source.data:
        return
    for call in source.nodes(ast.Call):
        match call:
            case ast.Call(
                func=ast.Name(id="super") as func,
                args=[ast.Name() as named, ast.Name() as first],
                keywords=[],
            ):
                if source.resolve(func) == "builtins.super" and _is_plain(source, call, named.id, first.id):
                    yield Hit(node=call, at=call, facts={"CLASS": named.id, "FIRST": first.id})


def _is_plain(source: Source, call: ast.Call, named: str, first: str) -> bool:
    method = next((node for node in source.ancestors(call) if isinstance(node, _SCOPES)), None)
    if not isinstance(method, _Function):
        return False
    owner = source.parents[method]
    if not isinstance(owner, ast.ClassDef) or not isinstance(source.parents[owner], ast.Module):
        return False
    if owner.name != named or owner.decorator_list or owner.keywords or not _is_bound_once(source, named):
        return False
    arguments = [*method.args.posonlyargs, *method.args.args]
    return (
        bool(arguments)
        and arguments[0].arg == first
        and not _is_static(method)
        and not _rebinds(method, first)
    )


def _is_bound_once(source: Source, name: str) -> bool:
    """No other definition, import or assignment anywhere in the file gives the class's name to something else."""
    classes = sum(1 for node in source.nodes(ast.ClassDef) if node.name == name)
    functions = any(node.name == name for node in source.nodes(ast.FunctionDef)) or any(
        node.name == name for node in source.nodes(ast.AsyncFunctionDef)
    )
    stored = any(node.id == name and not isinstance(node.ctx, ast.Load) for node in source.nodes(ast.Name))
    imported = any((alias.asname or alias.name) == name for alias in source.nodes(ast.alias))
    return classes == 1 and not functions and not stored and not imported


def _is_static(method: _Function) -> bool:
    return any(isinstance(one, ast.Name) and one.id == "staticmethod" for one in method.decorator_list)


def _rebinds(method: _Function, first: str) -> bool:
    return any(
        isinstance(node, ast.Name) and node.id == first and not isinstance(node.ctx, ast.Load)
        for node in ast.walk(method)
    )
