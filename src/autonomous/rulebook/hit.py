"""What a matcher yields: a node, its place, and what its holes hold. Lives only while one file is read."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Held: TypeAlias = ast.AST | str | tuple[ast.AST, ...]
"""What a hole holds: one node, a bare name (an attribute, an argument, a definition's name), or a run of nodes."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One match. `held` maps hole names without the dollar sign to what they hold.

    `node` is what is replaced by a fix. `at` is what is shown (the node itself unless the rule says otherwise).
    `facts` are strings that rule.py adds, to be used in the message beside the holes.
    `rest` are the statements right after `node` in its block that a pattern of several statements matched too;
    a fix replaces `node` and `rest` together.
    """

    node: ast.AST
    at: ast.AST
    held: Mapping[str, Held] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    rest: tuple[ast.stmt, ...] = ()
