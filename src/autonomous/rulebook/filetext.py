"""A file's text as it lies on disk: encoding, newlines and places, so that a change can be spliced in byte for byte."""

import ast
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from autonomous.analysis.decoding import characters
from autonomous.analysis.source import Source

_NEWLINE = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class FileText:
    """Decoded text (no byte order mark, newlines untouched) and the encoding that turns it back into bytes."""

    text: str
    encoding: str = "utf-8"  # "utf-8-sig" where the file starts with a byte order mark

    @classmethod
    def of(cls, source: Source) -> "FileText":
        """Take the text of a file that was read."""
        return cls(source.text, source.encoding)

    def encode(self, text: str) -> bytes:
        """Bytes of `text` in this file's encoding. Raises UnicodeEncodeError where it has no such character."""
        return text.encode(self.encoding)

    @cached_property
    def newline(self) -> str:
        r"""The first newline of the file, `\n` when it has none."""
        found = _NEWLINE.search(self.text)
        return found.group() if found else "\n"

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Offset of each line's first character; a final newline starts one more, empty line."""
        return (0, *(found.end() for found in _NEWLINE.finditer(self.text)))

    @property
    def lines(self) -> int:
        """Number of lines, counting an empty one after a final newline."""
        return len(self.starts)

    def line(self, number: int) -> str:
        """Line `number` (from 1) with its newline; empty beyond the end."""
        return self.text[self.start_of(number) : self.start_of(number + 1)]

    def start_of(self, number: int) -> int:
        """Offset of line `number` (from 1); the end of the text for lines after the last."""
        return self.starts[number - 1] if number <= self.lines else len(self.text)

    def column(self, line: int, byte_column: int) -> int:
        """Column in characters (from 0) of a column that `ast` counts in bytes of UTF-8."""
        return characters(self.line(line), byte_column)

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Offsets of start and end of a node that has a place (statement, expression, keyword, handler ...)."""
        line, column, end_line, end_column = place(node)
        return (
            self.start_of(line) + self.column(line, column),
            self.start_of(end_line) + self.column(end_line, end_column),
        )

    def slice(self, node: ast.AST) -> str:
        """Source of a node."""
        start, end = self.span(node)
        return self.text[start:end]

    def line_at(self, offset: int) -> int:
        """Number of the line that holds an offset."""
        return bisect_right(self.starts, offset)


def place(node: ast.AST) -> tuple[int, int, int, int]:
    """Line, column, end line, end column as `ast` gives them (columns in bytes); zeros for a node without a place."""
    line: int = getattr(node, "lineno", 0)
    column: int = getattr(node, "col_offset", 0)
    end_line: int = getattr(node, "end_lineno", None) or line
    end_column: int = getattr(node, "end_col_offset", None) or column
    return line, column, end_line, end_column


def first_line(node: ast.AST) -> int:
    """Line on which a statement starts, its decorators included."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([place(node)[0], *(place(decorator)[0] for decorator in decorators)])


def statement_lines(tree: ast.Module, node: ast.AST) -> tuple[int, int]:
    """First and last line of the top-level statements that share lines with `node`."""
    first, last = place(node)[0], place(node)[2]
    grown = True
    while grown:
        before = (first, last)
        for statement in tree.body:
            start, end = first_line(statement), place(statement)[2]
            if start <= last and first <= end:
                first, last = min(first, start), max(last, end)
        grown = (first, last) != before
    return first, last


def changed_part(before: str, after: str) -> tuple[str, str]:
    """Whole lines from the first to the last one that differs, of both texts."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    head, tail = _common_ends(old, new)
    return "".join(old[head : len(old) - tail]), "".join(new[head : len(new) - tail])


def carried_over(original: str, before: str, after: str) -> str | None:
    """Make the change from `before` to `after` in `original`, of which `before` is a copy with small losses.

    None where a changed line is one that differs between the original and the copy.
    """
    lines, old, new = (text.splitlines(keepends=True) for text in (original, before, after))
    head, tail = _common_ends(old, new)
    end = len(old) - tail
    if len(lines) != len(old) or lines[head:end] != old[head:end]:
        return None
    return "".join([*lines[:head], *new[head : len(new) - tail], *lines[end:]])


def _common_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    tail = next((i for i in range(shorter - head) if old[-1 - i] != new[-1 - i]), shorter - head)
    return head, tail


def indent_unit(tree: ast.Module, text: FileText) -> str:
    """What one step of indentation looks like in this file; four spaces when nothing is indented."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(node, ast.stmt) and isinstance(body, list) and first_line(body[0]) > place(node)[0]:
            outer, inner = _indent(text.line(first_line(node))), _indent(text.line(first_line(body[0])))
            if inner.startswith(outer) and inner != outer:
                return inner[len(outer) :]
    return "    "


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]
