"""Which local names may stand for the names that rules ask about, so that a renamed function is looked at."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator

from autonomous.analysis.scopes import aliased
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
    for alias in source.nodes(ast.alias):
        if alias.asname:
            given[alias.name.rpartition(".")[2]].add(alias.asname)
    for name, last in aliased(source.index):
        given[last].add(name)
    return given
