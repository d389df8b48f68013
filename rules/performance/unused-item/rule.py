"""`for key, _ in d.items()` and `for _, value in d.items()`."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield loops inside a function in which nobody reads the `_`."""
    if b"items" not in source.data:
        return
    for loop in source.nodes(ast.For):
        match loop:
            case ast.For(
                target=ast.Tuple(elts=[first, second]),
                iter=ast.Call(func=ast.Attribute(value=owner, attr="items"), args=[], keywords=[]),
            ):
                thrown = [isinstance(one, ast.Name) and one.id == "_" for one in (first, second)]
                if sum(thrown) == 1 and _unread(source, loop) and not _is_own(owner):
                    name = ast.unparse(owner)
                    part, better = ("values", f"{name}.values()") if thrown[0] else ("keys", name)
                    held = {"KNOWN": "yes" if source.type_of(owner) == "builtins.dict" else ""}
                    yield Hit(node=loop, at=loop.iter, held=held, facts={"PART": part, "BETTER": better})


def _unread(source: Source, loop: ast.For) -> bool:
    function = next(
        (
            node
            for node in source.ancestors(loop)
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        ),
        None,
    )
    if function is None or isinstance(function, ast.ClassDef):
        return False
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Load):
            return False
        if isinstance(node, (ast.Global, ast.Nonlocal)) and "_" in node.names:
            return False
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"locals", "vars", "eval", "exec"}
        ):
            return False
    return True


def _is_own(owner: ast.expr) -> bool:
    return isinstance(owner, ast.Name) and owner.id in {"self", "cls"}
