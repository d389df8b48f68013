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
    """True when `value` is put together from literals alone, as far as the function around it shows.

    A name in capitals that the function does not bind counts as a constant of the program (PEP 8).
    """
    if source.fold(value) is not None:
        return True
    match value:
        case ast.Name():
            return _holds_literals(source, value)
        case ast.BinOp(left=left, right=right) | ast.IfExp(body=left, orelse=right):
            return is_literal(source, left) and is_literal(source, right)
        case ast.JoinedStr(values=parts) | ast.Tuple(elts=parts):
            return all(is_literal(source, part) for part in parts)
        case ast.FormattedValue(value=inner):
            return is_literal(source, inner)
        case _:
            return False


def _holds_literals(source: Source, name: ast.Name) -> bool:
    values = values_of(source, name)
    if values is None:
        return name.id.isupper() and len(name.id) > 1 and not _is_bound(source, name)
    return all(not isinstance(one, ast.Name) and is_literal(source, one) for one in values)


def _is_bound(source: Source, name: ast.Name) -> bool:
    """The function around binds it, as a parameter or in another way than by plain assignment."""
    function = function_around(source, name)
    if function is None:
        return False
    return any(
        (isinstance(node, ast.arg) and node.arg == name.id)
        or (isinstance(node, ast.Name) and node.id == name.id and not isinstance(node.ctx, ast.Load))
        for node in ast.walk(function)
    )
