"""Lambdas that use a loop variable and are kept beyond their turn of the loop."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_KEEPING = frozenset(
    {
        "append",
        "add",
        "insert",
        "appendleft",
        "setdefault",
        "register",
        "connect",
        "subscribe",
        "add_callback",
        "add_done_callback",
        "push",
        "after",
        "bind",
    }
)
_KEEPING_KEYWORDS = frozenset({"command", "callback", "on_click", "on_press"})


def find(source: Source) -> Iterator[Hit]:
    """Yield lambdas that are stored, not those that are called at once such as `key=`."""
    for function in source.nodes(ast.Lambda):
        if not _is_kept(source, function):
            continue
        names = sorted(_loop_names(source, function) & _free_names(function))
        if names:
            yield Hit(node=function, at=function, facts={"NAMES": ", ".join(names)})


def _is_kept(source: Source, function: ast.Lambda) -> bool:
    around = source.parents[function]
    match around:
        case ast.Call(func=ast.Attribute(attr=attr), args=args):
            return attr in _KEEPING and function in args
        case ast.keyword(arg=name):
            return name in _KEEPING_KEYWORDS
        case ast.Assign(targets=[ast.Subscript() | ast.Attribute() as target]):
            return _differs(source, function, target)
        case ast.ListComp(elt=element):
            return element is function
        case ast.DictComp(value=value):
            return value is function
        case _:
            return False


def _differs(source: Source, function: ast.Lambda, target: ast.expr) -> bool:
    """The place depends on the turn of the loop; else the last turn's function is the only one that stays."""
    loop = next(
        (node for node in source.ancestors(function) if isinstance(node, (ast.For, ast.AsyncFor))), None
    )
    if loop is None:
        return False
    bound = {
        node.id for node in ast.walk(loop) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return any(isinstance(node, ast.Name) and node.id in bound for node in ast.walk(target))


def _loop_names(source: Source, function: ast.Lambda) -> set[str]:
    """The variables of the loops around it, up to the function it stands in."""
    names: set[str] = set()
    inner: ast.AST = function
    for node in source.ancestors(function):
        if isinstance(
            node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.GeneratorExp)
        ):
            break
        if isinstance(node, (ast.For, ast.AsyncFor)) and inner in node.body and not _leaves(node.body):
            names |= _stored(node.target)
        if isinstance(node, (ast.ListComp, ast.DictComp)):
            names |= {name for part in node.generators for name in _stored(part.target)}
        inner = node
    return names


def _leaves(body: list[ast.stmt]) -> bool:
    return isinstance(body[-1], (ast.Return, ast.Break, ast.Raise))


def _stored(target: ast.expr) -> set[str]:
    return {
        node.id for node in ast.walk(target) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _free_names(function: ast.Lambda) -> set[str]:
    own = {argument.arg for argument in ast.walk(function.args) if isinstance(argument, ast.arg)}
    used = {
        node.id
        for node in ast.walk(function.body)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    bound = {
        node.id
        for node in ast.walk(function.body)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    inner = {argument.arg for argument in ast.walk(function.body) if isinstance(argument, ast.arg)}
    return used - own - bound - inner
