"""Takes a statement out of a file, and leaves every comment and blank line around it as it was."""

import ast

from autonomous.analysis.source import Source
from autonomous.rulebook.expected import Unfillable
from autonomous.rulebook.filetext import FileText, first_line, place
from autonomous.rulebook.proof import proved, way_to


def removed(source: Source, file: FileText, node: ast.AST) -> str:
    """Text of the file without a statement, with `pass` where its block would be empty.

    Raises Unfillable for what is no statement and can't go without changing something else.
    """
    parent = source.parent(node)
    statement = parent if isinstance(node, ast.expr) and isinstance(parent, ast.Expr) else node
    if not isinstance(statement, ast.stmt):
        raise Unfillable(type(statement).__name__)
    field, index = way_to(source, statement)[-1]
    siblings: list[ast.stmt] = getattr(source.parent(statement), field)
    if len(siblings) == 1 and not isinstance(source.parent(statement), ast.Module):
        text, meaning = _as_pass(file, statement), [ast.Pass()]
    else:
        text, meaning = _gone(file, siblings, index or 0), []
    if not proved(source, statement, text, meaning=meaning):
        raise Unfillable(type(statement).__name__)
    return text


def _as_pass(file: FileText, statement: ast.stmt) -> str:
    start, end = _extent(file, statement)
    return f"{file.text[:start]}pass{file.text[end:]}"


def _gone(file: FileText, siblings: list[ast.stmt], index: int) -> str:
    statement = siblings[index]
    start, end = _extent(file, statement)
    first, last = first_line(statement), place(statement)[2]
    after = siblings[index + 1] if index + 1 < len(siblings) else None
    if after is not None and first_line(after) == last:
        return file.text[:start] + file.text[file.span(after)[0] :]
    if index and place(siblings[index - 1])[2] == first:
        return file.text[: file.span(siblings[index - 1])[1]] + file.text[end:]
    if file.text[file.start_of(first) : start].strip():
        return file.text[:start] + file.text[end:]  # behind a colon
    if _blank(file, first - 1) and _blank(file, last + 1):
        while _blank(file, first - 1):
            first -= 1
    return file.text[: file.start_of(first)] + file.text[file.start_of(last + 1) :]


def _blank(file: FileText, line: int) -> bool:
    """A line that holds nothing; what lies beyond the file's ends is blank only at its end."""
    return line >= 1 and not file.line(line).strip()


def _extent(file: FileText, statement: ast.stmt) -> tuple[int, int]:
    start, end = file.span(statement)
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    if decorators:
        start = file.text.rindex("@", 0, file.span(decorators[0])[0])
    return start, end
