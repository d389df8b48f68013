"""From the syntax tree of a pattern to the parts that match it: what holds for every type of node."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Final

from autonomous.rulebook.pattern_parts import (
    Anything,
    Bare,
    Child,
    Exact,
    Hole,
    Literal,
    Named,
    Operators,
    Path,
    Scalar,
)
from autonomous.rulebook.pattern_runs import Items, Run, Sequenced
from autonomous.rulebook.pattern_text import InvalidPattern, hole_in, run_in
from autonomous.rulebook.solving import Pattern

_UNCARED: Final = frozenset({"ctx", "kind", "type_comment", "type_ignores", "type_params", "is_async"})
_KEYWORDS: Final[dict[type[ast.AST], str]] = {
    ast.Assert: "assert",
    ast.AsyncFor: "async",
    ast.AsyncFunctionDef: "async",
    ast.AsyncWith: "async",
    ast.Await: "await",
    ast.ClassDef: "class",
    ast.Delete: "del",
    ast.ExceptHandler: "except",
    ast.FunctionDef: "def",
    ast.Global: "global",
    ast.Import: "import",
    ast.ImportFrom: "import",
    ast.Lambda: "lambda",
    ast.Nonlocal: "nonlocal",
    ast.Raise: "raise",
    ast.Return: "return",
    ast.Try: "try",
    ast.While: "while",
    ast.With: "with",
    ast.Yield: "yield",
}


@dataclass(slots=True)
class Building:
    """One pattern while it is built: its text for errors, and what was seen in it."""

    text: str
    lone_run: str  # the name that a nameless `...` is kept under: "..." when there is just one, else ""
    words: set[str] = field(default_factory=set)
    holes: set[str] = field(default_factory=set)

    def refuse(self, reason: str) -> InvalidPattern:
        """An error that names this pattern."""
        return InvalidPattern(self.text, reason)

    def hole(self, name: str) -> str:
        """Remember a hole."""
        self.holes.add(name)
        return name

    def run(self, name: str) -> Run:
        """Make a run, and remember it when it has a name."""
        if name:
            self.holes.add(name)
        return Run(name or self.lone_run)

    def word(self, text: str) -> str:
        """Remember a word that must occur in a file for the pattern to match there."""
        self.words.update(filter(None, text.split(".")))
        return text


@singledispatch
def build(node: ast.AST, at: Building) -> Pattern:
    """Compile one node of a pattern. Raises InvalidPattern."""
    return generic(node, at)


def generic(node: ast.AST, at: Building, *, but: Iterable[str] = (), more: Iterable[Pattern] = ()) -> Exact:
    """A node of the same type with the same fields, except those that are named in `but`."""
    if type(node) in _KEYWORDS:
        at.word(_KEYWORDS[type(node)])
    left_out = _UNCARED.union(but)
    parts = [_part(name, getattr(node, name, None), at) for name in node._fields if name not in left_out]
    return exact((type(node),), [*parts, *more])


def exact(kinds: tuple[type[ast.AST], ...], parts: Iterable[Pattern]) -> Exact:
    """A node of these types; the parts that are cheapest to refuse come first."""
    return Exact(kinds, tuple(sorted(parts, key=_cost)))


def items(nodes: Iterable[ast.AST], at: Building) -> Items:
    """Compile a list of neighbours, with runs among them."""
    return tuple(_item(node, at) for node in nodes)


def named(name: str, text: str, at: Building) -> Named:
    """A field that holds a bare name, or a hole for one."""
    if run_in(text) is not None:
        raise at.refuse("`...` can't stand for a name here")
    hole = hole_in(text)
    return Named(name, at.word(text) if hole is None else "", hole and at.hole(hole))


def optional(name: str, node: ast.AST | None, at: Building) -> tuple[Pattern, ...]:
    """A field that is matched when the pattern writes it, and left alone when not."""
    return () if node is None else (Child(name, build(node, at)),)


def is_statement_run(node: ast.AST) -> bool:
    """Tell whether a statement of a pattern is a nameless `...`."""
    match node:
        case ast.Expr(value=ast.Constant(value=value)) if value is ...:
            return True
        case _:
            return False


def _part(name: str, value: object, at: Building) -> Pattern:
    match value:
        case ast.operator() | ast.unaryop() | ast.boolop():
            return Operators(name, (type(value),))
        case ast.AST():
            return Child(name, build(value, at))
        case list():
            return _list(name, value, at)
        case str():
            return named(name, value, at)
        case _:
            return Scalar(name, value)


def _list(name: str, value: list[object], at: Building) -> Pattern:
    nodes = [each for each in value if isinstance(each, ast.AST)]
    if nodes and isinstance(nodes[0], ast.cmpop):
        return Operators(name, tuple(map(type, nodes)))
    if len(nodes) == len(value):
        return Sequenced(name, items(nodes, at))
    if any(isinstance(each, str) and hole_in(each) is not None for each in value):
        raise at.refuse("a hole can't stand for one of several bare names")
    return Scalar(name, value)


def _item(node: ast.AST, at: Building) -> Pattern | Run:
    if is_statement_run(node):
        return at.run("")
    marked = _run_mark(node)
    if marked is not None:
        return at.run(marked)
    match node:
        case ast.Expr(value=ast.Name(id=name)) if hole_in(name) is not None:
            return Hole(at.hole(hole_in(name) or ""))
        case _:
            return build(node, at)


def _run_mark(node: ast.AST) -> str | None:
    match node:
        case ast.Starred(value=ast.Name(id=name)) | ast.Expr(value=ast.Name(id=name)) | ast.alias(name=name):
            return run_in(name)
        case _:
            return None


def _cost(part: Pattern) -> int:
    match part:
        case Scalar() | Operators() | Named(hole=None):
            return 0
        case Child(pattern=Literal() | Bare() | Path()):
            return 1
        case Child(pattern=Exact()) | Named():
            return 2
        case Child(pattern=Hole() | Anything()):
            return 4
        case _:
            return 3
