"""Takes away the imports that a change made unused: used before it, not used after it."""

import ast
import re
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.analysis.tree import SyntaxTree
from autonomous.rulebook.filetext import FileText, changed_part, first_line, place
from autonomous.rulebook.imports import Import, is_import
from autonomous.rulebook.parsing import parse, parse_expression

_WORD = re.compile(r"[^\W\d]\w*")
_LONGEST_CODE_STRING = 200


def without_unused(source: Source, after: str) -> str:
    """Return `after` without the imports whose names only `source`, the file before the change, used.

    Nothing goes from an `__init__.py`, nothing that is exported again (`import a as a`), nothing under a
    condition. A name counts as used wherever it might be: also in quoted annotations, `__all__` and doctests.
    """
    old, _ = changed_part(source.text, after)
    candidates = _imported(source) & set(_WORD.findall(old))
    if not candidates or source.path.rpartition("/")[2] == "__init__.py":
        return after
    gone = candidates & _names(source.index) - _used(SyntaxTree(parse(after)), candidates)
    for name in sorted(gone):
        after = _without(after, name)
    return after


def _imported(source: Source) -> set[str]:
    imports: list[Import] = [*source.nodes(ast.Import), *source.nodes(ast.ImportFrom)]
    return {bound(node, alias) for node in imports for alias in node.names}


def _names(tree: SyntaxTree) -> set[str]:
    return {node.id for node in tree.nodes(ast.Name)}


def _used(tree: SyntaxTree, wanted: set[str]) -> set[str]:
    """Those of the wanted names that are used, or might be."""
    used = _names(tree)
    for node in tree.nodes(ast.Constant):
        if isinstance(node.value, str) and not wanted.isdisjoint(_WORD.findall(node.value)):
            used |= _words(node.value)
    used.update(name for node in tree.nodes(ast.Global) for name in node.names)
    used.update(name for node in tree.nodes(ast.Nonlocal) for name in node.names)
    return used


def _words(text: str) -> set[str]:
    """Names in a string that is code itself: a quoted annotation, an entry of `__all__`, a doctest."""
    if ">>>" in text:
        return set(_WORD.findall(text))
    if len(text) > _LONGEST_CODE_STRING:
        return set()
    try:
        tree = parse_expression(text.strip())
    except (SyntaxError, ValueError):
        return set()
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _without(text: str, name: str) -> str:
    tree = parse(text)
    found = [(node, alias) for node, alias in _imports(tree) if bound(node, alias) == name]
    if len(found) != 1 or _bound_elsewhere(tree, name):
        return text
    node, alias = found[0]
    file = FileText(text)
    return _without_line(file, node) if len(node.names) == 1 else _without_alias(file, node, alias)


def _imports(tree: ast.Module) -> Iterator[tuple[Import, ast.alias]]:
    """Imports of the module and of functions that no condition holds and that stand alone on their lines."""
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    for body in (tree.body, *(function.body for function in functions)):
        for node in body if len(body) > 1 else ():
            if is_import(node) and isinstance(node, ast.Import | ast.ImportFrom) and _alone(body, node):
                yield from ((node, alias) for alias in node.names)


def _alone(body: list[ast.stmt], node: ast.stmt) -> bool:
    first, last = place(node)[0], place(node)[2]
    return all(other is node or place(other)[2] < first or first_line(other) > last for other in body)


def bound(node: Import, alias: ast.alias) -> str:
    """Return the name that an alias binds, "" where it exports it again on purpose."""
    if alias.asname == alias.name:
        return ""
    if alias.asname:
        return alias.asname
    return alias.name.partition(".")[0] if isinstance(node, ast.Import) else alias.name


def _bound_elsewhere(tree: ast.Module, name: str) -> bool:
    """An import under a condition, an argument or a definition of that name: better leave all as it is."""
    every = [
        alias
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if (alias.asname or alias.name.partition(".")[0]) == name
    ]
    return len(every) > 1


def _without_line(file: FileText, node: Import) -> str:
    first, last = place(node)[0], place(node)[2]
    above = first
    if not file.line(last + 1).strip():
        while above > 1 and not file.line(above - 1).strip():
            above -= 1
        while above == 1 and last < file.lines and not file.line(last + 1).strip():
            last += 1
    return file.text[: file.start_of(above)] + file.text[file.start_of(last + 1) :]


def _without_alias(file: FileText, node: Import, alias: ast.alias) -> str:
    index = node.names.index(alias)
    if index + 1 < len(node.names):
        start, end = file.span(alias)[0], file.span(node.names[index + 1])[0]
    else:
        start, end = file.span(node.names[index - 1])[1], file.span(alias)[1]
    return file.text[:start] + file.text[end:]
