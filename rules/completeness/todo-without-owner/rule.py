"""Comments that begin with TODO, FIXME or XXX and name neither a person nor an issue."""

import ast
import re
from collections.abc import Iterator

from autonomous.analysis.comments import Comment
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
    for comment in source.comments:
        found = _OPEN.match(comment.text)
        if found and not _OWNED.search(found["rest"]):
            line = source.lines[comment.line - 1]
            if comment.line > last + 1 or line[: comment.column].strip():
                place = _place(comment, line)
                yield Hit(node=place, at=place, facts={"WORD": found[1]})
            last = comment.line


def _place(comment: Comment, line: str) -> ast.AST:
    """A node where the comment is: ast has none, and counts columns in bytes."""
    text = ast.Constant(value=comment.text)
    text.lineno = text.end_lineno = comment.line
    text.col_offset = len(line[: comment.column].encode())
    text.end_col_offset = text.col_offset + len(comment.text.encode())
    return text
