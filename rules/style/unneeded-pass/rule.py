"""`pass` beside other statements."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield them; one with a comment of its own may be there for the comment."""
    for statement in source.nodes(ast.Pass):
        around = source.parents[statement]
        blocks = [getattr(around, field, None) for field in ("body", "orelse", "finalbody")]
        block = next(one for one in blocks if isinstance(one, list) and statement in one)
        if len(block) > 1 and not _is_commented(source, statement) and not _hides_text(block, statement):
            yield Hit(node=statement, at=statement)


def _hides_text(block: list[ast.stmt], statement: ast.Pass) -> bool:
    """Without the `pass` in front of it, a string would become the docstring."""
    if block[0] is not statement:
        return False
    following = next((one for one in block if not isinstance(one, ast.Pass)), None)
    return isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)


def _is_commented(source: Source, statement: ast.Pass) -> bool:
    above = source.lines[statement.lineno - 2] if statement.lineno > 1 else ""
    return "#" in source.lines[statement.lineno - 1] or above.lstrip().startswith("#")
