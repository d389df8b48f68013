"""Tells whether a change takes a comment away or moves it."""

import io
import tokenize

from autonomous.rulebook.filetext import changed_part


def comments_kept(before: str, after: str) -> bool:
    """True when both texts have the same comments in the same order, each still alone or still behind code."""
    old, new = changed_part(before, after)
    if "#" not in old and "#" not in new:
        return True
    return _comments(before) == _comments(after)


def _comments(text: str) -> list[tuple[str, bool]]:
    return [
        (token.string, not token.line[: token.start[1]].strip())
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.COMMENT
    ]
