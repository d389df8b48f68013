"""Functions with typed parameters that return nothing and do not say so."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def find(source: Source) -> Iterator[Hit]:
    """Yield public functions of the module; decorators may read the annotation, constructors need none (PEP 484)."""
    functions: tuple[_Function, ...] = (*source.nodes(ast.FunctionDef), *source.nodes(ast.AsyncFunctionDef))
    for function in functions:
        around = source.parents[function]
        public = isinstance(around, ast.Module) and not function.name.startswith("_")
        if not public or function.returns is not None or function.decorator_list:
            continue
        if _is_typed(function) and _returns_nothing(function):
            yield Hit(node=function, at=function, facts={"NAME": function.name})


def _is_typed(function: _Function) -> bool:
    """At least one parameter, and every one with its type."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    every = [
        *positional,
        *arguments.kwonlyargs,
        *(star for star in (arguments.vararg, arguments.kwarg) if star),
    ]
    return bool(every) and all(argument.annotation is not None for argument in every)


def _returns_nothing(function: _Function) -> bool:
    """It can come to its end, and gives no value on any way; a mere stub may be meant to give one."""
    first = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    if not first or all(isinstance(one, ast.Pass) or _is_ellipsis(one) for one in first):
        return False
    if isinstance(function.body[-1], (ast.Raise, ast.While)):
        return False
    return not any(_gives(statement) for statement in function.body)


def _is_ellipsis(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _gives(node: ast.AST) -> bool:
    if isinstance(node, (ast.Yield, ast.YieldFrom)) or (
        isinstance(node, ast.Return) and node.value is not None
    ):
        return True
    return not isinstance(node, _INNER) and any(_gives(child) for child in ast.iter_child_nodes(node))
