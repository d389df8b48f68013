"""Takes a statement out of a file, and leaves every comment and blank line around it as it was."""

import ast

from autonomous.analysis.source import Source
from autonomous.rulebook.expected import Unfillable
from autonomous.rulebook.filetext import FileText, first_line, place
from autonomous.rulebook.proof import proved, way_to


def removed(source: Source, file: FileText, node: ast.AST, *, rest: int = 0) -> str:
    """Text of the file without a statement and the `rest` behind it, with `pass` where the block would be empty.

    Raises Unfillable for what is no statement and can't go without changing something else.
    """
    parent = source.parent(node)
    statement = parent if isinstance(node, ast.expr) and isinstance(parent, ast.Expr) else node
    if not isinstance(statement, ast.stmt):
        raise Unfillable(type(statement).__name__)
    field, index = way_to(source, statement)[-1]
    siblings: list[ast.stmt] = getattr(source.parent(statement), field)
    first = index or 0
    if len(siblings) == 1 + rest and not isinstance(source.parent(statement), ast.Module):
        start, end = _extent(file, siblings)
        text, meaning = f"{file.text[:start]}pass{file.text[end:]}", [ast.Pass()]
    else:
        text, meaning = _gone(file, siblings, first, first + rest), []
    if not proved(source, statement, text, meaning=meaning, rest=rest):
        raise Unfillable(type(statement).__name__)
    return text


def _gone(file: FileText, siblings: list[ast.stmt], index: int, end_index: int) -> str:
    start, end = _extent(file, siblings[index : end_index + 1])
    first, last = first_line(siblings[index]), place(siblings[end_index])[2]
    after = siblings[end_index + 1] if end_index + 1 < len(siblings) else None
    if after is not None and first_line(after) == last:
        return file.text[:start] + file.text[file.span(after)[0] :]
    if index and place(siblings[index - 1])[2] == first:
        return file.text[: file.span(siblings[index - 1])[1]] + file.text[end:]
    if _blank(file, first - 1) and _blank(file, last + 1):
        while _blank(file, first - 1):
            first -= 1
    return file.text[: file.start_of(first)] + file.text[file.start_of(last + 1) :]


def _blank(file: FileText, line: int) -> bool:
    """A line that holds nothing; what lies beyond the file's ends is blank only at its end."""
    return line >= 1 and not file.line(line).strip()


def _extent(file: FileText, statements: list[ast.stmt]) -> tuple[int, int]:
    start, end = file.span(statements[0])[0], file.span(statements[-1])[1]
    decorators: list[ast.expr] = getattr(statements[0], "decorator_list", [])
    if decorators:
        start = file.text.rindex("@", 0, file.span(decorators[0])[0])
    return start, end
