"""The comments of a file, told apart from strings by the syntax tree instead of by tokenizing it again."""

import ast
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from autonomous.analysis.decoding import characters
from autonomous.analysis.tree import SyntaxTree

_QUOTES: Final = re.compile(r"[A-Za-z]{0,2}(\"\"\"|'''|\"|')")
_END: Final = 1 << 62


class Comment(NamedTuple):
    """One comment: its line from 1, the column of its `#` in characters from 0, its text with the `#`."""

    line: int
    column: int
    text: str


class _Unclear(Exception):
    """Strings that are joined over several lines may have comments between them."""


def comments_in(lines: Sequence[str], tree: SyntaxTree) -> tuple[Comment, ...]:
    """Return all comments in order; `lines` are those of `tree`, without their ends."""
    marked = {number for number, line in enumerate(lines, 1) if "#" in line}
    if not marked:
        return ()
    try:
        covered = _strings(lines, tree, marked)
    except _Unclear:
        return tuple(_tokenized(lines))
    return tuple(_outside(lines, marked, covered))


_Spans = dict[int, list[tuple[int, int]]]


def _outside(lines: Sequence[str], marked: set[int], covered: _Spans) -> Iterator[Comment]:
    for number in sorted(marked):
        line = lines[number - 1]
        spans = covered.get(number, ())
        at = line.find("#")
        while at >= 0:
            if not any(start <= at < end for start, end in spans):
                yield Comment(number, at, line[at:])
                break
            at = line.find("#", at + 1)


def _strings(lines: Sequence[str], tree: SyntaxTree, marked: set[int]) -> _Spans:
    """For each marked line the columns that strings take. Raises _Unclear."""
    covered: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    literals: tuple[ast.Constant | ast.JoinedStr, ...] = (
        *(node for node in tree.nodes(ast.Constant) if isinstance(node.value, str | bytes)),
        *tree.nodes(ast.JoinedStr),
    )
    for node in literals:
        first, last = node.lineno, node.end_lineno or node.lineno
        touched = marked.intersection(range(first, last + 1)) if last > first else marked & {first}
        if not touched or any(isinstance(each, ast.JoinedStr) for each in tree.ancestors(node)):
            continue  # what is inside an f-string is covered by it, and Python 3.11 misplaces it
        start = characters(lines[first - 1], node.col_offset)
        end = characters(lines[last - 1], node.end_col_offset or 0)
        if first != last and not _is_one_literal(lines[first - 1 : last], start, end):
            raise _Unclear
        for number in touched:
            covered[number].append((start if number == first else 0, end if number == last else _END))
    return covered


def _is_one_literal(lines: Sequence[str], start: int, end: int) -> bool:
    text = "\n".join([lines[0][start:], *lines[1:-1], lines[-1][:end]])
    quotes = _QUOTES.match(text)
    return quotes is not None and text.endswith(quotes[1]) and text.count(quotes[1]) == 2  # noqa: PLR2004 - both ends


def _tokenized(lines: Sequence[str]) -> Iterator[Comment]:
    waiting = iter([f"{line}\n" for line in lines])
    try:
        for token in tokenize.generate_tokens(lambda: next(waiting, "")):
            if token.type == tokenize.COMMENT:
                yield Comment(*token.start, token.string)
    except (tokenize.TokenError, SyntaxError):
        return  # a form that `ast` reads and `tokenize` does not: what follows can't be told from code
