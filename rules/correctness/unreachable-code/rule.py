"""Statements behind one that leaves the block."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_BLOCKS = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.If,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.With,
    ast.AsyncWith,
    ast.Try,
    ast.TryStar,
    ast.ExceptHandler,
    ast.match_case,
)
_LEAVING = (ast.Return, ast.Raise, ast.Continue, ast.Break)


def find(source: Source) -> Iterator[Hit]:
    """Yield the first dead statement of each block."""
    for kind in _BLOCKS:
        for node in source.nodes(kind):
            for block in (getattr(node, field, None) for field in ("body", "orelse", "finalbody")):
                if isinstance(block, list):
                    yield from _dead(block)


def _dead(block: list[ast.stmt]) -> Iterator[Hit]:
    for position, statement in enumerate(block[:-1]):
        if isinstance(statement, _LEAVING):
            rest = block[position + 1 :]
            if not _has_purpose(rest):
                yield Hit(node=rest[0], at=rest[0], facts={"KEYWORD": type(statement).__name__.lower()})
            return


def _has_purpose(rest: list[ast.stmt]) -> bool:
    """A `yield` that makes a generator, a note in a string, `pass`, or a `raise` that guards the end."""
    if any(
        isinstance(node, (ast.Yield, ast.YieldFrom)) for statement in rest for node in ast.walk(statement)
    ):
        return True
    first = rest[0]
    return isinstance(first, (ast.Raise, ast.Pass)) or (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    )
