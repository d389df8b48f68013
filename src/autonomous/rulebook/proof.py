"""Proves of a rewritten file that it is the old tree with exactly one node exchanged."""

import ast
from collections.abc import Sequence
from typing import TypeAlias

from autonomous.analysis.source import Source
from autonomous.rulebook.expected import same
from autonomous.rulebook.parsing import parse_once

Step: TypeAlias = tuple[str, int | None]
"""A field of a node, and the index in it where it is a list."""


def way_to(source: Source, node: ast.AST) -> tuple[Step, ...]:
    """Fields and indexes that lead from the module to `node`. Raises ValueError for a node of another tree."""
    steps: list[Step] = []
    child = node
    for parent in source.ancestors(node):
        steps.append(_step(parent, child))
        child = parent
    if child is not source.tree:
        raise ValueError(node)
    return tuple(reversed(steps))


def _step(parent: ast.AST, child: ast.AST) -> Step:
    for field, value in ast.iter_fields(parent):
        if value is child:
            return field, None
        if isinstance(value, list):
            for index, item in enumerate(value):
                if item is child:
                    return field, index
    raise ValueError(child)


def proved(source: Source, node: ast.AST, text: str, *, meaning: Sequence[ast.AST], rest: int = 0) -> bool:
    """Tell whether `text` parses to the tree of `source` with `meaning` in the place of `node`.

    With `rest`, so many nodes right behind `node` in its list are gone too.
    What lies beside the way to the node is not compared: the text outside the change is the same anyway, and
    code that is grouped in another way changes what lies on the way.
    """
    try:
        new: object = parse_once(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    old: object = source.tree
    *way, (field, index) = way_to(source, node)
    for step in way:
        old, new = _followed(old, new, step)
    if old is None or type(old) is not type(new):
        return False
    old, new = getattr(old, field), getattr(new, field)
    if index is None:
        return len(meaning) == 1 and same(new, meaning[0])
    if not (_same_length(old, new, len(meaning) - 1 - rest) and isinstance(new, list)):
        return False
    return same(new[index : index + len(meaning)], list(meaning))


def _followed(old: object, new: object, step: Step) -> tuple[object, object]:
    """Go one step down in both trees; (None, None) where they are no longer built alike."""
    field, index = step
    if old is None or type(old) is not type(new):
        return None, None
    old, new = getattr(old, field), getattr(new, field)
    if index is None:
        return old, new
    return (_item(old, index), _item(new, index)) if _same_length(old, new, 0) else (None, None)


def _same_length(old: object, new: object, grown: int) -> bool:
    return isinstance(old, list) and isinstance(new, list) and len(new) == len(old) + grown


def _item(items: object, index: int) -> object:
    return items[index] if isinstance(items, list) else None
