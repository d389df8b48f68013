"""Expectations that every exception meets."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_EVERYTHING = frozenset({"builtins.Exception", "builtins.BaseException"})
_METHODS = frozenset({"assertRaises"})


def find(source: Source) -> Iterator[Hit]:
    """Yield `with pytest.raises(Exception):` and `with self.assertRaises(Exception):` whose error nobody looks at."""
    if b"aises" not in source.data:
        return
    blocks: tuple[ast.With | ast.AsyncWith, ...] = (*source.nodes(ast.With), *source.nodes(ast.AsyncWith))
    for block in blocks:
        if _raises_everything(source, block.body) or _explained(source, block):
            continue
        for item in block.items:
            if item.optional_vars is None and isinstance(item.context_expr, ast.Call):
                yield from _judged(source, item.context_expr)


def _judged(source: Source, call: ast.Call) -> Iterator[Hit]:
    if len(call.args) != 1 or call.keywords or source.resolve(call.args[0]) not in _EVERYTHING:
        return
    method = call.func.attr if isinstance(call.func, ast.Attribute) and _is_self(call.func.value) else ""
    if method in _METHODS or source.resolve(call.func) == "pytest.raises":
        yield Hit(node=call, at=call, facts={"CALL": ast.unparse(call)})


def _raises_everything(source: Source, body: list[ast.stmt]) -> bool:
    """The block itself raises Exception: then that is the right one to expect."""
    raised = [
        node.exc
        for statement in body
        for node in ast.walk(statement)
        if isinstance(node, ast.Raise) and node.exc
    ]
    kinds = [one.func if isinstance(one, ast.Call) else one for one in raised]
    return any(source.resolve(kind) in _EVERYTHING for kind in kinds)


def _explained(source: Source, block: ast.With | ast.AsyncWith) -> bool:
    """A comment at the head of the block says why any error is right."""
    return any("#" in line for line in source.lines[block.lineno - 1 : block.body[0].lineno - 1])


def _is_self(owner: ast.expr) -> bool:
    return isinstance(owner, ast.Name) and owner.id == "self"
