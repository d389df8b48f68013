"""Compiles the text of one pattern, with the types of node, names and words that any match of it must have."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from autonomous.analysis.tree import descendants
from autonomous.rulebook import pattern_blocks  # noqa: F401 - registers how statements are compiled
from autonomous.rulebook.pattern_build import Building, build, is_statement_run, items
from autonomous.rulebook.pattern_calls import Entries
from autonomous.rulebook.pattern_parts import (
    AnyString,
    Bare,
    Child,
    Exact,
    Hole,
    Literal,
    Named,
    Path,
)
from autonomous.rulebook.pattern_runs import Run, Statements
from autonomous.rulebook.pattern_text import UNWRITTEN, InvalidPattern, parseable, run_in
from autonomous.rulebook.solving import Pattern, State

_REST: Final = "..."
_STATEMENTS: Final = tuple(
    kind for kind in vars(ast).values() if isinstance(kind, type) and issubclass(kind, ast.stmt)
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What any match begins with: the type of its node and, where one must be there, the last part of its name."""

    kinds: tuple[type[ast.AST], ...]
    key: str = ""
    hole: str = ""  # the hole that stands for the key


@dataclass(frozen=True, slots=True)
class CompiledPattern:
    """A pattern that is ready to be tried on nodes."""

    text: str
    root: Pattern
    anchor: Anchor
    words: frozenset[str]  # must all occur in a file that has a match
    holes: frozenset[str]

    def solve(self, node: ast.AST, state: State) -> Iterator[State]:
        """Yield a state for each way in which `node` itself matches."""
        state.fuel.burn()
        if type(node) in self.anchor.kinds:
            yield from self.root.solve(node, state)

    def solve_within(self, nodes: Iterable[ast.AST], state: State) -> Iterator[State]:
        """Yield a state for each way in which one of `nodes` or any node below them matches."""
        for node in nodes:
            for each in descendants(node):
                yield from self.solve(each, state)


def compile_pattern(text: str, *, keep_rest: bool = False) -> CompiledPattern:
    """Compile `text`. With `keep_rest` the only nameless `...` is held under that name, for a fix to use.

    Raises InvalidPattern where it is not Python with holes, or would match everything.
    """
    body = _parsed(text)
    lone = keep_rest and sum(map(_is_nameless_run, _all_nodes(body))) == 1
    at = Building(text, lone_run=_REST if lone else "")
    root = _root(body, at)
    return CompiledPattern(text, root, _anchor(root, at), frozenset(at.words), frozenset(at.holes))


def _parsed(text: str) -> list[ast.stmt]:
    marked = parseable(text)
    try:
        body = ast.parse(marked).body
    except (SyntaxError, ValueError) as error:
        raise InvalidPattern(text, f"not Python with holes: {error}") from error
    while body and is_statement_run(body[-1]):
        body.pop()
    while body and is_statement_run(body[0]):
        del body[0]
    if not body:
        raise InvalidPattern(text, "matches everything")
    return body


def _root(body: list[ast.stmt], at: Building) -> Pattern:
    match body:
        case [ast.Expr(value=value)] if not at.text.rstrip().endswith(";"):
            return build(value, at)
        case [ast.Try(body=[ast.Expr(value=ast.Name(id=name))], handlers=[handler])] if name == UNWRITTEN:
            return build(handler, at)
        case [ast.Match(subject=ast.Name(id=name), cases=[case])] if name == UNWRITTEN:
            return build(case, at)
        case [statement]:
            return build(statement, at)
        case _:
            first, *rest = items(body, at)
            if isinstance(first, Run):
                raise at.refuse("a run at the start would hold nothing")
            return Statements(first, tuple(rest))


def _all_nodes(body: list[ast.stmt]) -> Iterator[ast.AST]:
    for statement in body:
        yield from ast.walk(statement)


def _is_nameless_run(node: ast.AST) -> bool:
    match node:
        case ast.Name(id=name) | ast.arg(arg=name) | ast.alias(name=name):
            return run_in(name) == ""
        case _:
            return is_statement_run(node)


def _anchor(root: Pattern, at: Building) -> Anchor:  # noqa: C901, PLR0911 - one flat match
    match root:
        case Path(parts=parts):
            text, hole = parts[-1]
            return Anchor((ast.Attribute, ast.Name), text, hole or "")
        case Bare(name=name):
            return Anchor((ast.Name,), name)
        case Literal():
            return Anchor((ast.Constant,))
        case AnyString():
            return Anchor((ast.Constant, ast.JoinedStr, ast.BinOp))
        case Entries():
            return Anchor((ast.Dict,))
        case Exact(kinds=(ast.Call,), parts=parts):
            return _callee(parts)
        case Exact(kinds=(ast.Attribute,), parts=parts):
            return Anchor((ast.Attribute,), *_attribute(parts))
        case Exact(kinds=kinds):
            return Anchor(kinds)
        case Statements(first=Hole()):
            return Anchor(_STATEMENTS)
        case Statements(first=first):
            return Anchor(_anchor(first, at).kinds)
        case _:
            raise at.refuse("matches everything")


def _callee(parts: tuple[Pattern, ...]) -> Anchor:
    for part in parts:
        match part:
            case Child(field="func", pattern=Path(parts=names)):
                text, hole = names[-1]
                return Anchor((ast.Call,), text, hole or "")
            case Child(field="func", pattern=Bare(name=name)):
                return Anchor((ast.Call,), name)
            case Child(field="func", pattern=Hole(name=name)):
                return Anchor((ast.Call,), hole=name)
            case Child(field="func", pattern=Exact(kinds=(ast.Attribute,), parts=inner)):
                return Anchor((ast.Call,), *_attribute(inner))
    return Anchor((ast.Call,))


def _attribute(parts: tuple[Pattern, ...]) -> tuple[str, str]:
    for part in parts:
        if isinstance(part, Named):
            return part.text, part.hole or ""
    return "", ""
