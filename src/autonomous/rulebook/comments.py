"""Tells whether a change takes a comment away or moves it."""

import ast
from collections.abc import Sequence

from autonomous.analysis.comments import Comment, comments_in
from autonomous.analysis.decoding import split_lines
from autonomous.analysis.source import Source
from autonomous.analysis.tree import SyntaxTree
from autonomous.rulebook.filetext import changed_part


def comments_kept(source: Source, after: str, tree: ast.Module) -> bool:
    """True when `after`, of which `tree` was parsed, has the comments of `source` in the same order.

    Each must still stand alone on its line, or still behind code.
    """
    old, new = changed_part(source.text, after)
    if "#" not in old and "#" not in new:
        return True
    lines = split_lines(after)
    return _placed(source.comments, source.lines) == _placed(comments_in(lines, SyntaxTree(tree)), lines)


def _placed(comments: Sequence[Comment], lines: Sequence[str]) -> list[tuple[str, bool]]:
    return [(comment.text, not lines[comment.line - 1][: comment.column].strip()) for comment in comments]
