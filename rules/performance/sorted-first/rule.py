"""`sorted(xs)[0]` and `sorted(xs)[-1]`."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield them; the last of a sort by key is left alone: among equals, max takes the first."""
    if b"sorted" not in source.data:
        return
    for item in source.nodes(ast.Subscript):
        match item:
            case ast.Subscript(
                value=ast.Call(func=ast.Name() as func, args=[ast.expr() as values]) as call, ctx=ast.Load()
            ):
                end = _end(item.slice)
                better = _better(call, end)
                if (
                    better
                    and not isinstance(values, ast.Starred)
                    and source.resolve(func) == "builtins.sorted"
                ):
                    yield Hit(node=item, at=item, facts={"BETTER": better})


def _end(index: ast.expr) -> str:
    match index:
        case ast.Constant(value=0) if index.value is not False:
            return "first"
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1)):
            return "last"
        case _:
            return ""


def _better(call: ast.Call, end: str) -> str:
    options = {keyword.arg: keyword.value for keyword in call.keywords}
    if not end or not options.keys() <= {"key", "reverse"}:
        return ""
    turned = options.get("reverse")
    if turned is not None and not (isinstance(turned, ast.Constant) and isinstance(turned.value, bool)):
        return ""
    if end == "last" and "key" in options:
        return ""
    backwards = isinstance(turned, ast.Constant) and turned.value is True
    return "min" if (end == "first") != backwards else "max"
