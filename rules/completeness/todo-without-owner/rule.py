"""Comments that begin with TODO, FIXME or XXX and name neither a person nor an issue."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_OPEN = re.compile(r"#+\s*(TODO|FIXME|XXX)\b(?P<rest>.*)")
_OWNED = re.compile(
    r"^\s*[(\[@]|#\d+|https?://|\b[A-Z][A-Z0-9]+-\d+\b|\bgh-?\d+\b|\bissue\s+\d+|@\w+", re.IGNORECASE
)


def find(source: Source) -> Iterator[Hit]:
    """Yield the comments, one for lines that follow each other; a file without these words is not read again."""
    if not any(word in source.data for word in (b"TODO", b"FIXME", b"XXX")):
        return
    last = 0
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type != tokenize.COMMENT:
            continue
        found = _OPEN.match(token.string)
        if found and not _OWNED.search(found["rest"]):
            place = _place(token)
            if token.start[0] > last + 1 or not token.line.lstrip().startswith("#"):
                yield Hit(node=place, at=place, facts={"WORD": found[1]})
            last = token.start[0]


def _place(token: tokenize.TokenInfo) -> ast.AST:
    """A node where the comment is: ast has none, and counts columns in bytes."""
    line = token.line
    start, end = (len(line[:column].encode()) for column in (token.start[1], token.end[1]))
    text = ast.Constant(value=token.string)
    text.lineno, text.col_offset = token.start[0], start
    text.end_lineno, text.end_col_offset = token.end[0], end
    return text
