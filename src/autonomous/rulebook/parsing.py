"""Parses code that was scanned or made, without warnings about it: those are not for who runs the scan."""

import ast
from functools import lru_cache

from autonomous.analysis.source import undisturbed


def parse(text: str) -> ast.Module:
    """Parse a file. Raises what `ast.parse` raises: SyntaxError, ValueError, RecursionError, MemoryError."""
    with undisturbed():
        return ast.parse(text)


@lru_cache(maxsize=1)
def parse_once(text: str) -> ast.Module:
    """Parse a file that several look at, one after the other; nobody may change the tree. Raises as `parse` does."""
    return parse(text)


def parse_expression(text: str) -> ast.expr:
    """Parse one expression. Raises what `ast.parse` raises."""
    with undisturbed():
        return ast.parse(text, mode="eval").body
