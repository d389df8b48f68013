"""Statements that leave a finally block early."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_BARRIERS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


def find(source: Source) -> Iterator[Hit]:
    """Yield `return` anywhere in the block, `break` and `continue` where their loop is outside of it."""
    blocks = [one.finalbody for one in source.nodes(ast.Try)] + [
        one.finalbody for one in source.nodes(ast.TryStar)
    ]
    for block in blocks:
        for inner in block:
            for leaving in _leaving(inner, in_loop=False):
                yield Hit(node=leaving, at=leaving, facts={"KEYWORD": type(leaving).__name__.lower()})


def _leaving(node: ast.AST, *, in_loop: bool) -> Iterator[ast.stmt]:
    if isinstance(node, ast.Return) or (isinstance(node, (ast.Break, ast.Continue)) and not in_loop):
        yield node
    if isinstance(node, _BARRIERS):
        return
    for child in ast.iter_child_nodes(node):
        yield from _leaving(child, in_loop=in_loop or isinstance(node, _LOOPS))
