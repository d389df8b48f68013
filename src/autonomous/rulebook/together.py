"""Whether changes to one file that are right by themselves are right together, as far as its imports go."""

import ast
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from autonomous.analysis.source import Source, SourceUnreadable, read_source
from autonomous.model.patch import Hunk, apply_hunks, split_lines
from autonomous.rulebook.unused import bound, without_unused

if TYPE_CHECKING:
    from autonomous.rulebook.imports import Import

_PYTHON = (".py", ".pyi")
_WORD = re.compile(rb"[^\W\d]\w*")


class _Imports(msgspec.Struct, frozen=True):
    """What the imports of a file bind, and the lines (from 0) that they stand on."""

    names: frozenset[str] = frozenset()
    lines: frozenset[int] = frozenset()


def missing_import(path: str, before: bytes, hunks: Sequence[Hunk]) -> str:
    """Return a name that is still used when all hunks are applied while its import is gone, "" when there is none.

    One change takes an import away that nothing but its own lines used, another one begins to use it.
    """
    old = _imports_of(path, before)
    if not any(old.lines.intersection(range(hunk.start, hunk.end)) for hunk in hunks):
        return ""
    new = _read(path, apply_hunks(before, hunks))
    if new is None:
        return ""
    here = _bound_anywhere(new)
    used = (node.id for node in new.nodes(ast.Name) if isinstance(node.ctx, ast.Load))
    return next((name for name in used if name in old.names and name not in here), "")


def leaves_import(path: str, before: bytes, hunks: Sequence[Hunk]) -> bool:
    """Tell whether all hunks together leave an import unused that each change alone had to keep for the others."""
    gone = split_lines(before)
    words = {
        word.decode("latin-1")
        for hunk in hunks
        for line in gone[hunk.start : hunk.end]
        for word in _WORD.findall(line)
    }
    if _imports_of(path, before).names.isdisjoint(words):
        return False
    old, new = _read(path, before), _read(path, apply_hunks(before, hunks))
    return old is not None and new is not None and without_unused(old, new.text) != new.text


@lru_cache(maxsize=64)
def _imports_of(path: str, data: bytes) -> _Imports:
    source = _read(path, data)
    if source is None:
        return _Imports()
    found: list[Import] = [*source.nodes(ast.Import), *source.nodes(ast.ImportFrom)]
    return _Imports(
        frozenset(bound(node, alias) for node in found for alias in node.names),
        frozenset(line for node in found for line in range(node.lineno - 1, node.end_lineno or node.lineno)),
    )


def _read(path: str, data: bytes) -> Source | None:
    try:
        return read_source(path, data) if path.endswith(_PYTHON) else None
    except SourceUnreadable:
        return None


def _bound_anywhere(source: Source) -> frozenset[str]:
    """Return every name that something in the file binds: an import, an assignment, an argument, a definition."""
    found: list[Import] = [*source.nodes(ast.Import), *source.nodes(ast.ImportFrom)]
    names = {bound(node, alias) or alias.name for node in found for alias in node.names}
    names |= {node.id for node in source.nodes(ast.Name) if not isinstance(node.ctx, ast.Load)}
    names |= {node.arg for node in source.nodes(ast.arg)}
    names |= {node.name for node in source.nodes(ast.FunctionDef, ast.AsyncFunctionDef)}
    return frozenset(names | {node.name for node in source.nodes(ast.ClassDef)})
