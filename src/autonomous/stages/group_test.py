"""Group testing: which of many things break something, in few trials.

Prefixes of the sequence are tried, halving the part in which the first harmful thing must lie (bisection, as
`git bisect` does on commits). What is found is taken out and the search goes on behind it, so that several culprits
are found, and of those that are harmful only together the last one. With k culprits among n things that takes at most
k * (ceil(log2 n) + 1) trials.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

import msgspec

Thing = TypeVar("Thing")
Evidence = TypeVar("Evidence")


class Harmless(msgspec.Struct, Generic[Thing], frozen=True):
    """Things that did no harm, tried together with everything that was reported harmless before."""

    things: tuple[Thing, ...]


class Culprit(msgspec.Struct, Generic[Thing, Evidence], frozen=True):
    """A thing that does harm on top of everything that was reported harmless before, and what showed it."""

    thing: Thing
    evidence: Evidence


def hunt(
    things: Sequence[Thing],
    trial: Callable[[tuple[Thing, ...]], Evidence | None],
    *,
    evidence: Evidence,
) -> Iterator[Harmless[Thing] | Culprit[Thing, Evidence]]:
    """Yield every thing once, in order, as harmless or as a culprit, as soon as it is known.

    `trial` returns what is wrong with a selection, None when nothing is; `evidence` is what it returns for all
    things. No things at all are taken to be harmless. What `trial` raises ends the search; what was yielded
    until then stays true.
    """
    harmless: tuple[Thing, ...] = ()
    rest, wrong = tuple(things), evidence
    while rest:
        good, bad = 0, len(rest)  # rest[:good] does no harm on top of the harmless ones, rest[:bad] does
        while bad - good > 1:
            middle = (good + bad) // 2
            found = trial(harmless + rest[:middle])
            if found is None:
                yield Harmless(rest[good:middle])
                good = middle
            else:
                bad, wrong = middle, found
        yield Culprit(rest[good], wrong)
        harmless, rest = harmless + rest[:good], rest[bad:]
        if rest:
            found = trial(harmless + rest)
            if found is None:
                yield Harmless(rest)
                return
            wrong = found
