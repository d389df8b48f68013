"""A change taken apart for reading: places that changed, with context, lines in pairs, and words marked."""

import ast
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from autonomous.model.change import FileEdit
from autonomous.model.patch import Hunk, hunks_between, split_lines

CONTEXT = 3  # unchanged lines on either side, as in git
_ALIKE = 0.4  # difflib's ratio below which two lines share words only by chance
_TOKEN = re.compile(r"\w+|\s+|.", re.DOTALL)
_LONGEST = 2000  # characters: comparing longer lines word by word would take seconds


class Line(NamedTuple):
    """One line of one side: number from 1, text without its line end, what changed in it, what ends it."""

    number: int
    text: str
    changed: bool
    marks: tuple[tuple[int, int], ...] = ()  # character ranges that the other side has not
    ended: bool = True  # False for a last line without a line end


Pair = tuple[Line | None, Line | None]


class Section(NamedTuple):
    """One place: the class or function around it, its first line before, and its lines side by side."""

    symbol: str
    line: int
    pairs: tuple[Pair, ...]


def sections(edit: FileEdit) -> tuple[Section, ...]:
    """Return the places that an edit changes, in order; nothing is left out of them."""
    before, after = edit.before or b"", edit.after or b""
    old, new = split_lines(before), split_lines(after)
    whole = [line for line in (*old, *new) if line.endswith(b"\n")]
    # Where all lines end alike the ends tell nothing; where they are mixed each one is shown.
    end = b"\r\n" if whole and all(line.endswith(b"\r\n") for line in whole) else b"\n"
    sides = _Sides(old, new, end)
    tree = _tree(before)
    out, moved = [], 0
    for group in _groups(hunks_between(before, after)):
        first = max(0, group[0].start - CONTEXT)
        pairs = tuple(_pairs(sides, group, first=first, moved=moved))
        out.append(Section(_symbol(tree, group[0].start + 1), first + 1, pairs))
        moved += sum(len(hunk.lines) - (hunk.end - hunk.start) for hunk in group)
    return tuple(out)


class _Sides(NamedTuple):
    old: Sequence[bytes]
    new: Sequence[bytes]
    end: bytes

    def line(self, data: Sequence[bytes], at: int, *, changed: bool) -> Line:
        raw = data[at]
        ended = raw.endswith(b"\n")
        text = raw.removesuffix(self.end if ended else b"").decode("utf-8", "backslashreplace")
        return Line(at + 1, text, changed, (), ended)


def _groups(hunks: Sequence[Hunk]) -> Iterator[list[Hunk]]:
    group: list[Hunk] = []
    for hunk in hunks:
        if group and hunk.start - group[-1].end > 2 * CONTEXT:
            yield group
            group = []
        group.append(hunk)
    if group:
        yield group


def _pairs(sides: _Sides, group: Sequence[Hunk], *, first: int, moved: int) -> Iterator[Pair]:
    at = first
    for hunk in group:
        yield from _same(sides, at, hunk.start, moved)
        left = [sides.line(sides.old, n, changed=True) for n in range(hunk.start, hunk.end)]
        start = hunk.start + moved
        right = [sides.line(sides.new, n, changed=True) for n in range(start, start + len(hunk.lines))]
        for n in range(max(len(left), len(right))):
            yield _marked(left[n] if n < len(left) else None, right[n] if n < len(right) else None)
        at = hunk.end
        moved += len(right) - len(left)
    yield from _same(sides, at, min(len(sides.old), at + CONTEXT), moved)


def _same(sides: _Sides, start: int, end: int, moved: int) -> Iterator[Pair]:
    for at in range(start, end):
        line = sides.line(sides.old, at, changed=False)
        yield line, line._replace(number=at + 1 + moved)


def _marked(left: Line | None, right: Line | None) -> Pair:
    """Mark what differs between two lines of which one took the other's place."""
    if left is None or right is None or len(left.text) + len(right.text) > _LONGEST:
        return left, right
    old, new = _TOKEN.findall(left.text), _TOKEN.findall(right.text)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return left, right
    codes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    lost = tuple(_range(old, start, end) for _, start, end, _, _ in codes if end > start)
    gained = tuple(_range(new, start, end) for _, _, _, start, end in codes if end > start)
    return left._replace(marks=lost), right._replace(marks=gained)


def _range(tokens: Sequence[str], start: int, end: int) -> tuple[int, int]:
    at = sum(map(len, tokens[:start]))
    return at, at + sum(map(len, tokens[start:end]))


def _tree(source: bytes) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None  # the diff of a broken file can still be read, without names


def _symbol(tree: ast.Module | None, line: int) -> str:
    """Return "Class.function" around a line of the file before, empty at module level."""
    names: list[str] = []
    node: ast.AST | None = tree
    while node is not None:
        node = next((child for child in ast.iter_child_nodes(node) if _holds(child, line)), None)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.append(node.name)
    return ".".join(names)


def _holds(node: ast.AST, line: int) -> bool:
    return isinstance(node, ast.stmt | ast.excepthandler | ast.match_case) and (
        _first(node) <= line <= _last(node)
    )


def _first(node: ast.stmt | ast.excepthandler | ast.match_case) -> int:
    if isinstance(node, ast.match_case):
        return node.pattern.lineno
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _last(node: ast.stmt | ast.excepthandler | ast.match_case) -> int:
    if isinstance(node, ast.match_case):
        return _last(node.body[-1])
    return node.end_lineno or node.lineno
