"""Group testing finds every culprit, in few trials, also those that do harm only together."""

from math import ceil, log2

from hypothesis import given
from hypothesis import strategies as st

from autonomous.stages.group_test import Culprit, Harmless, hunt

THINGS = tuple(range(64))


def search(count: int, harmful: list[frozenset[int]]) -> tuple[list[int], list[int], list[tuple[int, ...]]]:
    """Hunt among `count` things where each set in `harmful` does harm when all of it is present."""
    tried: list[tuple[int, ...]] = []

    def trial(things: tuple[int, ...]) -> frozenset[int] | None:
        tried.append(things)
        return next((group for group in harmful if group <= set(things)), None)

    culprits: list[int] = []
    harmless: list[int] = []
    for each in hunt(THINGS[:count], trial, evidence=harmful[0]):
        match each:
            case Culprit(thing=thing, evidence=evidence):
                assert thing in evidence, "the evidence is about this culprit"
                culprits.append(thing)
            case Harmless(things=things):
                harmless += things
    return culprits, harmless, tried


@given(
    st.integers(1, 64).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.integers(0, n - 1), min_size=1)))
)
def test_single_culprits_are_found_in_few_trials(case: tuple[int, set[int]]) -> None:
    count, guilty = case
    culprits, harmless, tried = search(count, [frozenset({each}) for each in sorted(guilty)])
    assert culprits == sorted(guilty)
    assert sorted(culprits + harmless) == list(range(count)), "each thing is reported once"
    assert len(tried) <= len(guilty) * (ceil(log2(count)) + 1)


GROUPS = st.lists(st.frozensets(st.integers(0, 31), min_size=1, max_size=3), min_size=1, max_size=4)


@given(GROUPS)
def test_what_does_harm_only_together_is_broken_up(harmful: list[frozenset[int]]) -> None:
    culprits, harmless, tried = search(32, harmful)
    assert not any(group <= set(harmless) for group in harmful), "what is left does no harm"
    assert all(any(each in group for group in harmful) for each in culprits), (
        "nobody is blamed without a cause"
    )
    assert len(culprits) <= len(harmful)
    assert sorted(culprits + harmless) == list(range(32))
    assert len(tried) <= len(culprits) * (5 + 1)


def test_one_thing_needs_no_trial() -> None:
    assert search(1, [frozenset({0})]) == ([0], [], [])


def test_harmless_things_are_known_when_the_search_ends_early() -> None:
    class Enough(Exception):
        pass

    seen: list[int] = []

    def trial(things: tuple[int, ...]) -> bool | None:
        seen.append(len(things))
        if len(seen) == 3:
            raise Enough
        return None

    harmless: list[int] = []
    try:
        for each in hunt(THINGS[:16], trial, evidence=True):
            assert isinstance(each, Harmless)
            harmless += each.things
    except Enough:
        pass
    assert seen == [8, 12, 14]
    assert harmless == list(range(12))
