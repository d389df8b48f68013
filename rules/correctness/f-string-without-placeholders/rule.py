"""f-strings that hold no expression."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield them; not the format behind a colon, nor a statement, which would become a docstring."""
    for string in source.nodes(ast.JoinedStr):
        around = source.parents[string]
        if isinstance(around, (ast.FormattedValue, ast.Expr)) or type(around).__name__ == "TemplateStr":
            continue
        if not any(isinstance(part, ast.FormattedValue) for part in string.values):
            yield Hit(node=string, at=string)
