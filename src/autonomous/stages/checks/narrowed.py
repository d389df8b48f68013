"""The part of a file that a change can matter to: what an analyzer of single files needs to see of it."""

import ast
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from autonomous.analysis.source import Source


class _Statement(NamedTuple):
    first: int  # lines from 1, decorators included
    last: int
    text: bytes
    stays: bool  # an import, or one that shares a line with another statement


def narrowed(before: Source, after: Source) -> tuple[bytes, bytes]:
    """Return both sides with the statements of the module blanked that stand in both of them, word for word.

    Imports stay, since they say what names mean; every line keeps its number. What an analyzer reports on one
    side and not on the other lies in what is left.
    """
    old, new = _statements(before), _statements(after)
    common = _texts(old) & _texts(new)
    return _blanked(before.data, old, common), _blanked(after.data, new, common)


def _texts(statements: Sequence[_Statement]) -> Counter[bytes]:
    return Counter(each.text for each in statements if not each.stays)


def _statements(source: Source) -> tuple[_Statement, ...]:
    lines = source.data.splitlines(keepends=True)
    places = [(_first_line(node), node.end_lineno or node.lineno, node) for node in source.tree.body]
    used = Counter(line for first, last, _ in places for line in {first, last})
    return tuple(
        _Statement(
            first,
            last,
            b"".join(lines[first - 1 : last]),
            isinstance(node, ast.Import | ast.ImportFrom) or used[first] > 1 or used[last] > 1,
        )
        for first, last, node in places
    )


def _first_line(node: ast.stmt) -> int:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return min([node.lineno, *(each.lineno for each in node.decorator_list)])
    return node.lineno


def _blanked(data: bytes, statements: Sequence[_Statement], common: Counter[bytes]) -> bytes:
    lines = data.splitlines(keepends=True)
    left = common.copy()
    for each in statements:
        if not each.stays and left[each.text] > 0:
            left[each.text] -= 1
            lines[each.first - 1 : each.last] = [b"\n"] * (each.last - each.first + 1)
    return b"".join(lines)
