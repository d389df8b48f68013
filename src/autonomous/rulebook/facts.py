"""Questions about code that the rule.py files of several rules ask."""

import ast

from autonomous.analysis.source import Source

Function = ast.FunctionDef | ast.AsyncFunctionDef


def function_around(source: Source, node: ast.AST) -> Function | None:
    """The innermost function definition that `node` stands in."""
    return next((up for up in source.ancestors(node) if isinstance(up, Function)), None)


def values_of(source: Source, name: ast.Name) -> tuple[ast.expr, ...] | None:
    """Every value that the function around `name` gives to it; None where it gets one in another way too.

    `x = v`, `x: T = v` and `x += v` count. A parameter, a loop variable, a `with ... as` and the like do not,
    nor does a name that is never bound there.
    """
    function = function_around(source, name)
    if function is None:
        return None
    arguments = (node for node in ast.walk(function.args) if isinstance(node, ast.arg))
    if any(argument.arg == name.id for argument in arguments):
        return None
    found: list[ast.expr] = []
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id == name.id and not isinstance(node.ctx, ast.Load):
            around = source.parents[node]
            if not isinstance(around, ast.Assign | ast.AnnAssign | ast.AugAssign) or around.value is None:
                return None
            found.append(around.value)
    return tuple(found) or None


def is_literal(source: Source, value: ast.expr) -> bool:
    """True when `value` is put together from literals alone, as far as the function around it shows."""
    if source.fold(value) is not None:
        return True
    match value:
        case ast.Name():
            values = values_of(source, value)
            return values is not None and all(
                not isinstance(one, ast.Name) and is_literal(source, one) for one in values
            )
        case ast.BinOp(left=left, right=right) | ast.IfExp(body=left, orelse=right):
            return is_literal(source, left) and is_literal(source, right)
        case _:
            return False
