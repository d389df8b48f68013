"""Functions that take more arguments by position than a reader can keep apart."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_MOST = 7
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def find(source: Source) -> Iterator[Hit]:
    """Yield functions with more than seven; what can only be given by name cannot be mixed up."""
    functions: tuple[_Function, ...] = (*source.nodes(ast.FunctionDef), *source.nodes(ast.AsyncFunctionDef))
    for function in functions:
        count = sum(
            not _is_filled(source, argument) for argument in (*function.args.posonlyargs, *function.args.args)
        )
        if isinstance(source.parents[function], ast.ClassDef) and not _is_static(function):
            count -= 1
        if count > _MOST and not _is_given(function):
            yield Hit(node=function, at=function, facts={"NAME": function.name, "COUNT": str(count)})


def _is_filled(source: Source, argument: ast.arg) -> bool:
    """Described by `Annotated[...]`, or by a name that the module gives to that: a framework fills it by name."""
    kind = argument.annotation
    return _is_annotated(kind) or (
        isinstance(kind, ast.Name) and any(map(_is_annotated, _values(source, kind.id)))
    )


def _is_annotated(kind: ast.expr | None) -> bool:
    if not isinstance(kind, ast.Subscript):
        return False
    return (
        kind.value.attr if isinstance(kind.value, ast.Attribute) else getattr(kind.value, "id", "")
    ) == "Annotated"


def _values(source: Source, name: str) -> Iterator[ast.expr | None]:
    for statement in source.tree.body:
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=bound)], value=value)
                | ast.AnnAssign(target=ast.Name(id=bound), value=value)
            ) if bound == name:
                yield value


def _is_static(function: _Function) -> bool:
    return any(
        isinstance(decorator, ast.Name) and decorator.id == "staticmethod"
        for decorator in function.decorator_list
    )


def _is_given(function: _Function) -> bool:
    """Decorated otherwise, such as a command whose arguments a framework fills by name."""
    known = {"staticmethod", "classmethod"}
    return any(not (isinstance(one, ast.Name) and one.id in known) for one in function.decorator_list)
