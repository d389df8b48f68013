"""Assertions of a tuple."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield `assert (x, "message")`."""
    for statement in source.nodes(ast.Assert):
        if isinstance(statement.test, ast.Tuple) and statement.test.elts and statement.msg is None:
            starred = any(isinstance(element, ast.Starred) for element in statement.test.elts)
            yield from (
                ()
                if starred
                else (Hit(node=statement, at=statement, held={"MESSAGE": _message(statement.test)}),)
            )


def _message(test: ast.Tuple) -> str:
    """Say "yes" where the second of two parts is a text."""
    match test.elts:
        case [_, ast.JoinedStr() | ast.Constant(value=str())]:
            return "yes"
        case _:
            return ""
