"""`if x: return True` with `else: return False`, and the other way round."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield them, but not as the last step of an `elif` chain, which reads well as it is."""
    for statement in source.nodes(ast.If):
        around = source.parents[statement]
        if isinstance(around, ast.If) and around.orelse == [statement]:
            continue
        match statement:
            case ast.If(
                body=[ast.Return(value=ast.Constant(value=bool(first)))],
                orelse=[ast.Return(value=ast.Constant(value=bool(second)))],
            ) if first is not second:
                yield Hit(
                    node=statement, at=statement, facts={"kind": _kind(source, statement.test, wanted=first)}
                )


def _kind(source: Source, test: ast.expr, *, wanted: bool) -> str:
    if not wanted:
        return "not"
    return "plain" if _is_truth(source, test) else "bool"


def _is_truth(source: Source, test: ast.expr) -> bool:
    """The expression itself is True or False already."""
    match test:
        case ast.Compare() | ast.UnaryOp(op=ast.Not()):
            return True
        case ast.BoolOp(values=values):
            return all(_is_truth(source, value) for value in values)
        case ast.Call(func=ast.Name() as func):
            name = source.resolve(func)
            return name in {
                "builtins.isinstance",
                "builtins.issubclass",
                "builtins.callable",
                "builtins.hasattr",
                "builtins.any",
                "builtins.all",
                "builtins.bool",
            }
        case _:
            return False
