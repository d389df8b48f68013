"""Culprits are rolled back, everything else passes, and no more test runs are made than allowed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from math import ceil, log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autonomous.model.change import ChangeSet, FileEdit
from autonomous.model.check import Gate, Scores
from autonomous.model.digest import digest_of
from autonomous.model.errors import LimitReached
from autonomous.model.finding import Finding, Span
from autonomous.model.journey import Approval, Approved, Cleared, Implemented, RolledBack, Tested, Validated
from autonomous.model.kinds import Category, Safety, Severity
from autonomous.model.proposal import Proposal
from autonomous.model.testing import RunStatus, TestOutcome, TestReport, TestResult
from autonomous.model.workflow import Limits
from autonomous.ports import Ports
from autonomous.ports.suite import Suite, TreeState
from autonomous.stages.test_runner import TestRunner

BASE = "b" * 40


def change(number: int, parent: str) -> Implemented:
    """Change number N replaces the contents of fN.py."""
    path = f"f{number}.py"
    changes = ChangeSet(BASE, (FileEdit(path, b"old\n", b"new\n"),))
    finding = Finding(
        rule="AUT001",
        name="x",
        title="x",
        category=Category.STYLE,
        severity=Severity.LOW,
        confidence=1.0,
        path=path,
        span=Span(1, 1, 1, 2),
        message="x",
        fingerprint=digest_of(path.encode()),
    )
    proposal = Proposal(finding, changes, writer="rule AUT001", safety=Safety.SAFE, title="x", why="x")
    cleared = Cleared(Validated(proposal, ()), (), Scores(1.0, 1.0, 0.0), Gate.AUTO, "safe")
    approved = Approved(cleared, Approval(changes.digest, "alice", datetime(2026, 1, 1, tzinfo=UTC)))
    return Implemented(approved, commit=f"c{number:039}", parent=parent)


def stack_of(count: int) -> tuple[Implemented, ...]:
    items: list[Implemented] = []
    for number in range(count):
        items.append(change(number, items[-1].commit if items else BASE))
    return tuple(items)


def number(item: Implemented) -> int:
    return int(item.proposal.finding.path[1:-3])


class Tree:
    def paths(self, targets: Sequence[str] = ()) -> Iterator[str]:
        return iter(())

    def read(self, path: str) -> bytes:
        return b"old\n"

    def exists(self, path: str) -> bool:
        return True


class Clock:
    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC)

    def steady(self) -> float:
        return 0.0


class Decisions:
    def decision(self, change: object) -> None:
        return None


Said = Mapping[str, bool] | RunStatus
"""What a run says: for each test whether it passes, or how the run ended."""


class Fake:
    """A suite whose answer is a function of the changes that are present; it counts and remembers its runs."""

    identity = "fake"

    def __init__(self, stack: tuple[Implemented, ...], says: Callable[[frozenset[int], int], Said]) -> None:
        self.tip = {item.commit: frozenset(range(place + 1)) for place, item in enumerate(stack)}
        self.says, self.runs = says, list[tuple[frozenset[int], tuple[str, ...]]]()

    def run(self, state: TreeState, *, tests: Sequence[str] = (), coverage: bool = False) -> TestReport:
        present = self.tip.get(state.base, frozenset(int(path[1:-3]) for path in state.overlay))
        self.runs.append((present, tuple(tests)))
        said = self.says(present, len(self.runs))
        if isinstance(said, RunStatus):
            return TestReport(said, reason="as told")
        chosen = {name: passed for name, passed in said.items() if not tests or name in tests}
        return report(chosen) if chosen else TestReport(RunStatus.NO_TESTS)


def report(tests: Mapping[str, bool]) -> TestReport:
    outcomes = {True: TestOutcome.PASSED, False: TestOutcome.FAILED}
    return TestReport(RunStatus.COMPLETED, tuple(TestResult(name, outcomes[tests[name]]) for name in tests))


def run(
    count: int,
    says: Callable[[frozenset[int], int], Said],
    *,
    baseline: TestReport | None = None,
    runs: int = 1000,
    used: int = 0,
) -> tuple[list[int], dict[int, RolledBack], list[Tested], Fake]:
    stack = stack_of(count)
    suite = Fake(stack, says)
    known = baseline or report({"a": True, "b": True, "c": True})
    runner = TestRunner(baseline=known, limits=Limits(test_runs=runs), used=used)
    good: list[Tested] = []
    bad: dict[int, RolledBack] = {}
    with suppress(LimitReached):
        for each in runner(stack, ports(suite)):
            match each:
                case Tested():
                    good.append(each)
                case RolledBack():
                    bad[number(each.implemented)] = each
    assert sorted([number(each.implemented) for each in good] + list(bad)) == list(range(count)), (
        "each one once"
    )
    return [number(each.implemented) for each in good], bad, good, suite


def ports(suite: Suite | None) -> Ports:
    return Ports(files=Tree(), clock=Clock(), decisions=Decisions(), suite=suite)


def test_a_green_stack_takes_one_run() -> None:
    good, bad, tested, suite = run(20, lambda _, __: {"a": True, "b": True, "c": True})
    assert (good, bad) == (list(range(20)), {})
    assert suite.runs == [(frozenset(range(20)), ())]
    assert all(each.comparison.green for each in tested)


def test_an_empty_stack_takes_none() -> None:
    assert run(0, lambda _, __: {})[3].runs == []


def test_a_culprit_is_rolled_back_with_its_evidence_and_the_rest_is_confirmed() -> None:
    good, bad, tested, suite = run(16, lambda present, _: {"a": 11 not in present, "b": True, "c": True})
    assert good == [each for each in range(16) if each != 11]
    assert bad[11].reason == "breaks 1 test: a"
    assert bad[11].comparison.new == ("a",)
    assert bad[11].report.bad == {"a"}
    assert tested[0].report.bad == frozenset()
    assert suite.runs[0] == (frozenset(range(16)), ())
    assert suite.runs[1] == (frozenset(), ("a",)), "first the base"
    assert suite.runs[-1] == (frozenset(good), ()), "last the rest, with all tests"
    assert all(tests == ("a",) for _, tests in suite.runs[1:-1]), "between only what failed"
    assert len(suite.runs) <= 3 + (ceil(log2(16)) + 1) + 1


def test_failures_of_the_base_are_nobodys_fault() -> None:
    known = report({"a": False, "b": True})
    good, bad, tested, suite = run(3, lambda _, __: {"a": False, "b": True}, baseline=known)
    assert (good, bad, len(suite.runs)) == ([0, 1, 2], {}, 1)
    assert tested[0].comparison.old == ("a",)


def test_a_test_that_fails_on_the_base_too_is_flaky() -> None:
    good, bad, tested, suite = run(3, lambda _, __: {"a": False, "b": True, "c": True})
    assert (good, bad, len(suite.runs)) == ([0, 1, 2], {}, 2)
    assert tested[0].comparison.flaky == ("a",)
    assert tested[0].comparison.green


def test_a_test_that_fails_once_is_flaky() -> None:
    good, bad, tested, suite = run(3, lambda _, turn: {"a": turn > 1, "b": True, "c": True})
    assert (good, bad) == ([0, 1, 2], {})
    assert [tests for _, tests in suite.runs] == [(), ("a",), ("a",), ()]
    assert tested[0].comparison.green


def test_a_test_that_fails_only_among_others_is_found_with_whole_runs() -> None:
    stack = stack_of(8)
    suite = Fake(stack, lambda _, __: {})

    def says(present: frozenset[int], _: int) -> Said:
        alone = bool(suite.runs[-1][1])
        return {"a": alone or 5 not in present, "b": True, "c": True}

    suite.says = says
    runner = TestRunner(baseline=report({"a": True, "b": True, "c": True}), limits=Limits())
    ends = list(runner(stack, ports(suite)))
    assert [number(each.implemented) for each in ends if isinstance(each, RolledBack)] == [5]


def test_a_vanished_test_is_broken() -> None:
    def says(present: frozenset[int], _: int) -> Said:
        return {"a": True, "b": True} if 2 in present else {"a": True, "b": True, "c": True}

    good, bad, _, _ = run(4, says)
    assert good == [0, 1, 3]
    assert bad[2].comparison.vanished == ("c",)
    assert bad[2].reason == "breaks 1 test: c"


@pytest.mark.parametrize(
    "status", [RunStatus.CRASHED, RunStatus.TIMED_OUT, RunStatus.WRONG_CODE, RunStatus.NOT_RUN]
)
def test_a_run_that_ends_worse_has_a_culprit(status: RunStatus) -> None:
    good, bad, _, suite = run(
        8, lambda present, _: status if 3 in present else {"a": True, "b": True, "c": True}
    )
    assert good == [0, 1, 2, 4, 5, 6, 7]
    assert bad[3].reason == f"the test run ended as {status.value!r}: as told"
    assert all(tests == () for _, tests in suite.runs)


def test_a_crash_that_does_not_come_back_is_nobodys_fault() -> None:
    fine = {"a": True, "b": True, "c": True}
    good, bad, _, _ = run(3, lambda _, turn: RunStatus.CRASHED if turn == 1 else fine)
    assert (good, bad) == ([0, 1, 2], {})


def test_a_crash_of_the_base_is_nobodys_fault() -> None:
    good, bad, tested, _ = run(3, lambda _, __: RunStatus.CRASHED)
    assert (good, bad) == ([0, 1, 2], {})
    assert tested[0].report.status is RunStatus.CRASHED


def test_a_crash_that_turns_into_failures_is_looked_into() -> None:
    def says(present: frozenset[int], turn: int) -> Said:
        return RunStatus.CRASHED if turn == 1 else {"a": 1 not in present, "b": True, "c": True}

    good, bad, _, _ = run(3, says)
    assert (good, list(bad)) == ([0, 2], [1])


def test_a_crash_while_only_some_tests_run_is_harm_too() -> None:
    def says(present: frozenset[int], turn: int) -> Said:
        if turn > 2 and 1 in present:
            return RunStatus.CRASHED
        return {"a": 1 not in present, "b": True, "c": True}

    good, bad, _, _ = run(4, says)
    assert (good, list(bad)) == ([0, 2, 3], [1])


def test_no_answer_about_the_base_does_not_excuse_anybody() -> None:
    def says(present: frozenset[int], turn: int) -> Said:
        return RunStatus.NOT_RUN if turn == 2 else {"a": 1 not in present, "b": True, "c": True}

    good, bad, _, _ = run(3, says)
    assert (good, list(bad)) == ([0, 2], [1])


@pytest.mark.parametrize("status", [RunStatus.NOT_RUN, RunStatus.NO_TESTS])
def test_without_tests_everything_passes_and_the_report_says_so(status: RunStatus) -> None:
    good, _, tested, suite = run(3, lambda _, __: status, baseline=TestReport(status))
    assert (good, len(suite.runs)) == ([0, 1, 2], 1)
    assert tested[0].report.status is status


def test_without_a_suite_everything_passes_untested() -> None:
    ends = list(TestRunner(baseline=TestReport(RunStatus.NOT_RUN), limits=Limits())(stack_of(2), ports(None)))
    assert [type(each) for each in ends] == [Tested, Tested]
    assert {each.report.status for each in ends} == {RunStatus.NOT_RUN}


def test_a_rest_that_needs_a_culprit_is_a_culprit_too() -> None:
    """Change 5 breaks `a`; change 9 needs change 5, so that `b` breaks once 5 is gone."""

    def says(present: frozenset[int], _: int) -> Said:
        return {"a": 5 not in present, "b": not (9 in present and 5 not in present), "c": True}

    good, bad, _, suite = run(12, says)
    assert sorted(bad) == [5, 9]
    assert suite.runs[-1] == (frozenset(good), ())


def test_a_long_list_of_broken_tests_is_shortened() -> None:
    names = [f"t{each}" for each in range(9)]
    _, bad, _, _ = run(
        1, lambda present, _: dict.fromkeys(names, not present), baseline=report(dict.fromkeys(names, True))
    )
    assert bad[0].reason == "breaks 9 tests: t0, t1, t2, t3, t4 and 4 more"
    assert bad[0].comparison.new == tuple(names)


def test_no_run_is_made_beyond_the_limit_and_what_is_proven_is_kept() -> None:
    def says(present: frozenset[int], _: int) -> Said:
        return {"a": not present & {9, 13}, "b": True, "c": True}

    enough, _, _, suite = run(16, says)
    assert len(enough) == 14
    for runs in range(len(suite.runs)):
        good, bad, tested, made = run(16, says, runs=runs)
        assert not {9, 13} & set(good)
        assert len(made.runs) <= runs
        assert all(each.comparison.green for each in tested), "confirmed by a run of everything"
        late = [each for each in bad.values() if each.reason.startswith("limit reached: test_runs")]
        assert late, "something was not decided"
    assert good == [*range(9), 10, 11, 12], "confirmed with the run that is kept for what did no harm so far"
    stopped = TestRunner(baseline=report({"a": True}), limits=Limits(test_runs=5), used=5)
    with pytest.raises(LimitReached, match="test_runs = 5"):
        list(stopped(stack_of(1), ports(suite)))


@given(
    st.integers(1, 40).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.integers(0, n - 1), max_size=4)))
)
def test_any_set_of_culprits_is_found_within_the_bound(case: tuple[int, set[int]]) -> None:
    count, guilty = case

    def says(present: frozenset[int], _: int) -> Said:
        return {f"t{each}": each not in present for each in guilty} | {"always": True}

    known = report({f"t{each}": True for each in guilty} | {"always": True})
    good, bad, _, suite = run(count, says, baseline=known)
    assert sorted(bad) == sorted(guilty)
    assert good == [each for each in range(count) if each not in guilty]
    assert {each: end.reason for each, end in bad.items()}.keys() == guilty
    bound = 1 if not guilty else 3 + len(guilty) * (ceil(log2(count)) + 1) + (1 if good else 0)
    assert len(suite.runs) <= bound
    assert list(run(count, says, baseline=known)[1]) == list(bad), "the same twice"
