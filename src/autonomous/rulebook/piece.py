"""Chooses the lines of a file that LibCST must read to change one node: a statement and what stands around it."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from autonomous.analysis.source import Source
from autonomous.rulebook.filetext import FileText, first_line, indent_unit, place

_HOLDERS = (ast.stmt, ast.ExceptHandler, ast.match_case)


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole lines of a file (`first` to `last`, from 1; None is the end), and code that stands in for the rest.

    LibCST gives a comment to the module, a block or a statement by what comes before it and behind it. With
    `before` and `behind` around them, the nodes of the lines hold the comments that they hold in the whole file.
    """

    first: int = 1
    last: int | None = None
    before: str = ""
    behind: str = ""


def piece_around(source: Source, file: FileText, node: ast.AST) -> Piece:
    """Return the smallest statement around `node` that has its lines to itself and can be read alone.

    The lines above and below it up to other code belong to the piece. It is the whole file where not even the
    statement of the module around `node` has lines of its own.
    """
    for each in (node, *source.ancestors(node)):
        above = source.parent(each)
        if isinstance(each, ast.stmt) and above is not None and _has_own_lines(file, each):
            siblings = _block(above, each)
            first, last = _with_gaps(file, siblings, siblings.index(each), above=above)
            if _can_be_parted(file, each, first=first, last=last):
                return _piece(source, file, siblings, each, first=first, last=last)
    return Piece()


def _has_own_lines(file: FileText, statement: ast.stmt) -> bool:
    """Tell whether nothing but a comment shares lines with a statement, which is no `elif`."""
    first = file.line(first_line(statement))
    start, end = file.span(statement)
    behind = file.text[end : file.start_of(file.line_at(end) + 1)].strip(" \t\r\n")
    code = first.lstrip(" \t")
    alone = code.startswith("@") or len(first) - len(code) == start - file.start_of(file.line_at(start))
    return alone and not code.startswith("elif") and (not behind or behind.startswith("#"))


def _with_gaps(
    file: FileText, siblings: Sequence[ast.stmt], index: int, *, above: ast.AST
) -> tuple[int, int]:
    """Return the first and the last line of a statement, with those around it that hold no code."""
    first, last = first_line(siblings[index]), place(siblings[index])[2]
    end = place(siblings[index - 1])[2] if index else _end_of_head(above)
    while first - 1 > end and _is_gap(file.line(first - 1)):
        first -= 1
    while last < file.lines and _is_gap(file.line(last + 1)):
        last += 1
    return first, last


def _end_of_head(above: ast.AST) -> int:
    """Return the last line on which a statement has an expression before its block: a string may look like a comment."""
    parts = [part for part in ast.iter_child_nodes(above) if not isinstance(part, _HOLDERS)]
    return max((place(part)[2] for head in parts for part in ast.walk(head)), default=0)


def _piece(
    source: Source,
    file: FileText,
    siblings: Sequence[ast.stmt],
    statement: ast.stmt,
    *,
    first: int,
    last: int,
) -> Piece:
    """Put statements around the lines as there are in the file: before, behind and one step further out.

    LibCST takes the first indentation that it sees for that of all new code, so the file's own comes first.
    """
    indent, newline = _indent(file.line(first_line(statement))), file.newline
    sibling = f"{indent}pass{newline}"
    block = f"if 1:{newline}{indent_unit(source.tree, file)}pass{newline}"
    before = behind = ""
    if first > 1:
        opened = f"if 1:{newline}" if indent else ""
        before = f"{block}{opened}{'' if statement is siblings[0] else sibling}"
    if last < file.lines:
        behind = f"{'' if statement is siblings[-1] else sibling}{block}"
    return Piece(first, last if behind else None, before, behind)


def _block(above: ast.AST, statement: ast.stmt) -> Sequence[ast.stmt]:
    """Return the statements of the block that a statement is in."""
    blocks = (value for _, value in ast.iter_fields(above) if isinstance(value, list))
    return next(block for block in blocks if any(each is statement for each in block))


def _can_be_parted(file: FileText, statement: ast.stmt, *, first: int, last: int) -> bool:
    """Tell whether a statement and the lines around it are the same behind others.

    A backslash may join them to what is before, and a comment that is indented further may belong there. A file
    without a newline at its end loses that of the line before when the last line goes, and how LibCST deals with
    comments at the end of a file depends on all blocks that end there.
    """
    begins, ends = first_line(statement), place(statement)[2]
    indent = _indent(file.line(begins))
    above, below = (
        [file.line(n) for n in numbers] for numbers in (range(first, begins), range(ends + 1, last + 1))
    )
    deeper = any(line.strip() and len(_indent(line)) > len(indent) for line in above)
    joined = first > 1 and file.line(first - 1).rstrip("\r\n").endswith("\\")
    ended = first == 1 or not file.line(last) or file.line(last).endswith(("\r", "\n"))
    trailing = indent and last == file.lines and any(line.strip() for line in below)
    return ended and not (joined or deeper or trailing)


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


def _is_gap(line: str) -> bool:
    """Tell whether a line is blank, or holds a comment alone."""
    code = line.strip()
    return not code or code.startswith("#")
