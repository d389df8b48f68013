"""Calls of TarFile.extractall and TarFile.extract that trust the archive."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_ARCHIVES = frozenset({"tarfile.TarFile", "tarfile.open", "tarfile.TarFile.open"})


def find(source: Source) -> Iterator[Hit]:
    """Yield calls that pass neither a filter nor an own choice of members."""
    if b"extractall" not in source.data:
        return
    for call in source.nodes(ast.Call):
        if not isinstance(call.func, ast.Attribute) or call.func.attr != "extractall":
            continue
        if any(keyword.arg in {"filter", "members", None} for keyword in call.keywords) or len(call.args) > 1:
            continue
        if _is_archive(source, call.func.value):
            yield Hit(node=call, at=call)


def _is_archive(source: Source, owner: ast.expr) -> bool:
    if source.type_of(owner) == "tarfile.TarFile":
        return True
    return isinstance(owner, ast.Call) and source.resolve(owner.func) in _ARCHIVES
