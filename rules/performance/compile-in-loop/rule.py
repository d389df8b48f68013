"""re.compile of a constant inside a loop."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


def find(source: Source) -> Iterator[Hit]:
    """Yield the calls in the body of a loop of the same function."""
    if b"compile" not in source.data:
        return
    for call in source.nodes(ast.Call):
        if (
            call.args
            and isinstance(call.args[0], ast.Constant)
            and source.resolve(call.func) == "re.compile"
            and _in_loop(source, call)
        ):
            yield Hit(node=call, at=call)


def _in_loop(source: Source, call: ast.Call) -> bool:
    inner: ast.AST = call
    for node in source.ancestors(call):
        if isinstance(node, _FUNCTIONS):
            return False
        if isinstance(node, (ast.For, ast.AsyncFor, ast.While)) and inner in node.body:
            return True
        inner = node
    return False
