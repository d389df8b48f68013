"""Test functions whose body does nothing."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def find(source: Source) -> Iterator[Hit]:
    """Yield functions named test_* in test files; a decorator such as skip or xfail says what they are."""
    name = source.path.rpartition("/")[2]
    if not (name.startswith("test_") or name.endswith("_test.py")):
        return
    functions: tuple[_Function, ...] = (*source.nodes(ast.FunctionDef), *source.nodes(ast.AsyncFunctionDef))
    for function in functions:
        around = source.parents[function]
        in_case = (
            isinstance(around, ast.ClassDef) and around.name.startswith("Test") and around in source.tree.body
        )
        if (
            not function.name.startswith("test_")
            or function.decorator_list
            or not (in_case or isinstance(around, ast.Module))
        ):
            continue
        if all(_does_nothing(statement) for statement in function.body):
            yield Hit(node=function, at=function, facts={"NAME": function.name})


def _does_nothing(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )
