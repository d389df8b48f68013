"""Compiles the expressions of a pattern that need more than a comparison field by field."""

import ast
from typing import Final

from autonomous.analysis.names import BUILTINS
from autonomous.rulebook.pattern_build import Building, build, exact, generic, items, named
from autonomous.rulebook.pattern_calls import Arguments, Entries
from autonomous.rulebook.pattern_parts import (
    AnyString,
    Anything,
    Bare,
    Child,
    Exact,
    Hole,
    Literal,
    Path,
    Scalar,
)
from autonomous.rulebook.pattern_runs import Run
from autonomous.rulebook.pattern_text import hole_in, hole_in_string, run_in
from autonomous.rulebook.solving import Pattern

_RECEIVERS: Final = frozenset({"self", "cls"})
_ANY_TEXT: Final = "..."


@build.register
def _name(node: ast.Name, at: Building) -> Pattern:
    hole = hole_in(node.id)
    if hole is not None:
        return Hole(at.hole(hole))
    if run_in(node.id) is not None:
        raise at.refuse("`$...NAME` can't stand here: only among arguments, elements or statements")
    at.word(node.id)
    if not isinstance(node.ctx, ast.Load):
        return Bare(node.id, resolves=False)
    return Path((("builtins", None), (node.id, None))) if node.id in BUILTINS else Bare(node.id)


@build.register
def _attribute(node: ast.Attribute, at: Building) -> Pattern:
    parts: list[tuple[str, str | None]] = []
    root: ast.expr = node
    while isinstance(root, ast.Attribute):
        hole = hole_in(root.attr)
        parts.append(("" if hole else root.attr, hole))
        root = root.value
    if not isinstance(root, ast.Name) or not _is_plain(root.id):
        return exact((ast.Attribute,), [named("attr", node.attr, at), Child("value", build(node.value, at))])
    parts.append((root.id, None))
    for text, hole in parts:
        at.word(text)
        if hole:
            at.hole(hole)
    if root.id in BUILTINS:
        parts.append(("builtins", None))
    return Path(tuple(reversed(parts)))


def _is_plain(name: str) -> bool:
    return name not in _RECEIVERS and hole_in(name) is None and run_in(name) is None


@build.register
def _constant(node: ast.Constant, at: Building) -> Pattern:
    if node.value is ...:
        return Anything()
    if node.value in {_ANY_TEXT, _ANY_TEXT.encode()}:
        return AnyString(type(node.value))
    hole = hole_in_string(node.value) if isinstance(node.value, str) else None
    if hole is not None:
        return AnyString(str, at.hole(hole))
    if node.value is None or isinstance(node.value, bool):
        at.word(str(node.value))
    return Literal(node.value)


@build.register
def _f_string(node: ast.JoinedStr, at: Building) -> Pattern:
    match node.values:
        case [ast.Constant(value=text)] if text == _ANY_TEXT:
            return Exact((ast.JoinedStr,), ())
        case _:
            return generic(node, at)


@build.register
def _subscript(node: ast.Subscript, at: Building) -> Pattern:
    match node.slice:
        case ast.Constant(value=value) if value is ...:
            return generic(node, at, but=("slice",))
        case _:
            return generic(node, at)


@build.register
def _call(node: ast.Call, at: Building) -> Pattern:
    return exact((ast.Call,), [Child("func", build(node.func, at)), arguments("args", node, at)])


@build.register
def _dict(node: ast.Dict, at: Building) -> Pattern:
    entries: list[tuple[Pattern | None, Pattern]] = []
    run: Run | None = None
    for key, value in zip(node.keys, node.values, strict=True):
        marked = run_in(value.id) if key is None and isinstance(value, ast.Name) else None
        if marked is None:
            entries.append((build(key, at) if key else None, build(value, at)))
        elif run is None:
            run = at.run(marked)
        else:
            raise at.refuse("one `...` is enough in a dict: its entries match in any order")
    return Entries(tuple(entries), run)


@build.register
def _keyword(node: ast.keyword, at: Building) -> Pattern:
    name: Pattern = Scalar("arg", None) if node.arg is None else named("arg", node.arg, at)
    return exact((ast.keyword,), [name, Child("value", build(node.value, at))])


@build.register
def _capture(node: ast.MatchAs, at: Building) -> Pattern:
    hole = hole_in(node.name) if node.name and node.pattern is None else None
    return generic(node, at) if hole is None else Hole(at.hole(hole))


def arguments(field: str, node: ast.Call | ast.ClassDef, at: Building) -> Arguments:
    """What a call or the head of a class has in its brackets."""
    positional = items(node.args if isinstance(node, ast.Call) else node.bases, at)
    runs = [item for item in positional if isinstance(item, Run)]
    keywords: list[Pattern] = []
    for keyword in node.keywords:
        marked = (
            run_in(keyword.value.id) if keyword.arg is None and isinstance(keyword.value, ast.Name) else None
        )
        if marked is None:
            keywords.append(build(keyword, at))
        else:
            runs.append(at.run(marked))
    return Arguments(field, positional, tuple(keywords), tuple(runs))
