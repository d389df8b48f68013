"""Calls of chmod whose literal mode lets others write."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_FUNCTIONS = frozenset({"os.chmod", "os.fchmod", "os.lchmod"})
_OTHERS_WRITE = 0o002
_STICKY = 0o1000


def find(source: Source) -> Iterator[Hit]:
    """Yield the modes, but not those of shared directories with the sticky bit."""
    if b"chmod" not in source.data:
        return
    for call in source.nodes(ast.Call):
        mode = _mode(source, call)
        if (
            isinstance(mode, ast.Constant)
            and type(mode.value) is int
            and mode.value & _OTHERS_WRITE
            and not mode.value & _STICKY
        ):
            yield Hit(node=mode, at=call, facts={"MODE": f"0o{mode.value:o}"})


def _mode(source: Source, call: ast.Call) -> ast.expr | None:
    named = next((keyword.value for keyword in call.keywords if keyword.arg == "mode"), None)
    if not isinstance(call.func, (ast.Attribute, ast.Name)):
        return None
    if source.resolve(call.func) in _FUNCTIONS:
        return call.args[1] if len(call.args) > 1 else named
    if (
        isinstance(call.func, ast.Attribute)
        and call.func.attr == "chmod"
        and len(call.args) + len(call.keywords) == 1
    ):
        return call.args[0] if call.args else named
    return None
