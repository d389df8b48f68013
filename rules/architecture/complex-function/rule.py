"""Functions whose cyclomatic complexity (McCabe 1976, as radon counts it) is above 20."""

import ast
from collections.abc import Iterator

from radon.visitors import ComplexityVisitor

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_MOST = 20
_SPLIT = (
    ast.If,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.BoolOp,
    ast.IfExp,
    ast.comprehension,
    ast.ExceptHandler,
    ast.match_case,
    ast.Try,
    ast.Assert,
    ast.With,
)
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def find(source: Source) -> Iterator[Hit]:
    """Yield the functions, inner ones by themselves; a file with few branches is not counted."""
    if sum(len(list(source.nodes(kind))) for kind in _SPLIT) < _MOST // 2:
        return
    functions: tuple[_Function, ...] = (*source.nodes(ast.FunctionDef), *source.nodes(ast.AsyncFunctionDef))
    for function in functions:
        visitor = ComplexityVisitor.from_ast(ast.Module(body=[function], type_ignores=[]), no_assert=True)
        count = visitor.functions[0].complexity
        if count > _MOST:
            yield Hit(node=function, at=function, facts={"NAME": function.name, "COUNT": str(count)})
