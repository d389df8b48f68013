"""Which local names may stand for the names that rules ask about, so that a renamed function is looked at."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator

from autonomous.analysis.source import Source


def aliases_of(source: Source, wanted: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs of a wanted name and a local name that may stand for it.

    Wider than the truth: scopes are not looked at, since every candidate is resolved before it matches.
    """
    given = _given_names(source)
    for name in sorted(set(wanted).intersection(given)):
        known = {name}
        waiting = [name]
        while waiting:
            new = given.get(waiting.pop(), set()) - known
            known |= new
            waiting += new
        yield from ((name, local) for local in sorted(known - {name}))


def _given_names(source: Source) -> dict[str, set[str]]:
    """For the last part of each dotted name the local names that are given to it."""
    given: defaultdict[str, set[str]] = defaultdict(set)
    imports: tuple[ast.Import | ast.ImportFrom, ...] = (
        *source.nodes(ast.Import),
        *source.nodes(ast.ImportFrom),
    )
    for node in imports:
        for alias in node.names:
            if alias.asname:
                given[alias.name.rpartition(".")[2]].add(alias.asname)
    for target, value in _assignments(source):
        for name, last in _pairs(target, value):
            given[last].add(name)
    return given


def _assignments(source: Source) -> Iterator[tuple[ast.expr, ast.expr | None]]:
    for assign in source.nodes(ast.Assign):
        yield from ((target, assign.value) for target in assign.targets)
    for annotated in source.nodes(ast.AnnAssign):
        yield annotated.target, annotated.value
    for walrus in source.nodes(ast.NamedExpr):
        yield walrus.target, walrus.value


def _pairs(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, str]]:
    match target, value:
        case ast.Name(id=name), ast.Name(id=last) | ast.Attribute(attr=last):
            yield name, last
        case ast.Tuple(elts=targets) | ast.List(elts=targets), ast.Tuple(elts=values) | ast.List(elts=values):
            for each, other in zip(targets, values, strict=False):
                yield from _pairs(each, other)
