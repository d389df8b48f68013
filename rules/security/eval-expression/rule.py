"""Calls of eval with an argument that is not fixed."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield them; what compile() made is a code generator's own product."""
    if b"eval" not in source.data:
        return
    for call in source.nodes(ast.Call):
        if not isinstance(call.func, ast.Name) or call.func.id != "eval" or not call.args:
            continue
        text = call.args[0]
        if source.fold(text) is not None or isinstance(text, ast.Starred) or _is_compiled(source, text):
            continue
        if source.resolve(call.func) == "builtins.eval":
            alone = "yes" if len(call.args) == 1 and not call.keywords else ""
            yield Hit(node=call, at=call, held={"X": text, "ALONE": alone})


def _is_compiled(source: Source, text: ast.expr) -> bool:
    if isinstance(text, ast.Name):
        made = [
            assign.value
            for assign in source.nodes(ast.Assign)
            if any(isinstance(target, ast.Name) and target.id == text.id for target in assign.targets)
        ]
        return bool(made) and all(
            not isinstance(value, ast.Name) and _is_compiled(source, value) for value in made
        )
    return isinstance(text, ast.Call) and source.resolve(text.func) == "builtins.compile"
