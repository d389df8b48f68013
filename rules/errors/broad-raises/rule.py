"""Expectations that every exception meets."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_EVERYTHING = frozenset({"builtins.Exception", "builtins.BaseException"})
_METHODS = frozenset({"assertRaises"})


def find(source: Source) -> Iterator[Hit]:
    """Yield `with pytest.raises(Exception):` and `with self.assertRaises(Exception):` whose error nobody looks at."""
    for kind in (ast.With, ast.AsyncWith):
        for block in source.nodes(kind):
            for item in block.items:
                if item.optional_vars is None and isinstance(item.context_expr, ast.Call):
                    yield from _judged(source, item.context_expr)


def _judged(source: Source, call: ast.Call) -> Iterator[Hit]:
    if len(call.args) != 1 or call.keywords or source.resolve(call.args[0]) not in _EVERYTHING:
        return
    method = call.func.attr if isinstance(call.func, ast.Attribute) and _is_self(call.func.value) else ""
    if method in _METHODS or source.resolve(call.func) == "pytest.raises":
        yield Hit(node=call, at=call, facts={"CALL": ast.unparse(call)})


def _is_self(owner: ast.expr) -> bool:
    return isinstance(owner, ast.Name) and owner.id == "self"
