"""Test the whole stack of changes at once, find those that break tests, and let the others pass."""

from collections.abc import Callable, Collection, Iterator
from typing import ClassVar, TypeAlias

import msgspec

from autonomous.model.errors import LimitReached
from autonomous.model.journey import Implemented, RolledBack, Tested
from autonomous.model.testing import Comparison, RunStatus, TestReport, compare
from autonomous.model.workflow import Limits
from autonomous.ports import Ports
from autonomous.ports.files import Files
from autonomous.ports.suite import Suite, TreeState
from autonomous.stages.compose import compose
from autonomous.stages.group_test import Culprit, Harmless, hunt

Items: TypeAlias = tuple[Implemented, ...]
Trial: TypeAlias = "Callable[[Items], Symptoms | None]"

UNPROVED = "no run was left to prove that this change breaks nothing"
"""How the reason ends where a limit ended the search before a change's turn."""

_SILENT = frozenset({RunStatus.NOT_RUN, RunStatus.NO_TESTS})
_WITHOUT_EVIDENCE = frozenset({RunStatus.NOT_RUN, RunStatus.WRONG_CODE})
_NOTHING = Comparison((), (), (), ())
_NAMED = 5
_HINT = (
    "raise `test_runs` under [tool.autonomous.limits] in your own settings, or approve fewer changes at once"
)


class Symptoms(msgspec.Struct, frozen=True):
    """What is worse than on the base: tests by id, or with none of them named the run as a whole."""

    report: TestReport
    tests: frozenset[str] = frozenset()

    @property
    def reason(self) -> str:
        """Which tests break, or how the run ended."""
        if not self.tests:
            return f"the test run ended as {self.report.status.value!r}: {self.report.reason}"
        names = sorted(self.tests)
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        return f"breaks {len(names)} test{'s' * (len(names) > 1)}: {', '.join(names[:_NAMED])}{more}"

    @property
    def comparison(self) -> Comparison:
        """The broken tests: those that fail, and those that are gone."""
        gone = self.tests - self.report.ids
        return Comparison(tuple(sorted(self.tests - gone)), (), (), tuple(sorted(gone)))


class TestRunner:
    """The stage, for one run of the program.

    `baseline` is the report of the whole suite on the base; `used` counts the test runs made before.
    """

    __test__: ClassVar[bool] = False

    def __init__(self, *, baseline: TestReport, limits: Limits, used: int = 0) -> None:
        self._baseline, self._limit, self._used = baseline, limits.test_runs, used

    def __call__(self, stack: Items, ports: Ports) -> Iterator[Tested | RolledBack]:
        """Yield each change of the stack once: culprits as they are found, the others at the end.

        The suite runs once for the whole stack. When something is worse than on the base, only those tests run
        again: on the base (a test that fails there too is flaky, and nobody's fault), on the stack, and on parts of
        it until the culprits are known; then the whole suite confirms what is left. Where the limit of test runs
        does not suffice, one run is kept to confirm what did no harm so far, the rest is rolled back, and
        LimitReached is raised after the last change was yielded.
        """
        if ports.suite is None:
            report = TestReport(RunStatus.NOT_RUN, reason="there is no test suite to run")
            yield from (Tested(item, report, _NOTHING) for item in stack)
            return
        bench = _Bench(stack, ports.suite, ports.files, self._baseline, limit=self._limit, used=self._used)
        rest, kept = stack, tuple[Implemented, ...]()
        try:
            while rest and (search := bench.examine(rest)) is not None:
                trial, evidence = search
                for found in hunt(rest, trial, evidence=evidence):
                    match found:
                        case Harmless(things=harmless):
                            kept += harmless
                        case Culprit(thing=item, evidence=wrong):
                            yield RolledBack(item, wrong.report, wrong.comparison, wrong.reason)
                            rest = tuple(other for other in rest if other is not item)
                rest, kept = kept, ()
        except LimitReached as limit:
            yield from _what_is_proven(rest, kept, bench, limit)
            raise
        yield from (Tested(item, bench.last, bench.comparison) for item in rest)


def _what_is_proven(
    rest: Items, kept: Items, bench: "_Bench", limit: LimitReached
) -> Iterator[Tested | RolledBack]:
    proven = kept if kept and bench.may_run() and bench.whole(kept, spare=0) is None else ()
    yield from (Tested(item, bench.last, bench.comparison) for item in proven)
    reason = f"{limit}; {UNPROVED}"
    for item in rest:
        if item not in proven:
            yield RolledBack(item, bench.last, bench.comparison, reason)


class _Bench:
    """Runs the suite on parts of the stack and says what is worse there than on the base."""

    def __init__(
        self, stack: Items, suite: Suite, files: Files, baseline: TestReport, *, limit: int, used: int
    ) -> None:
        self._stack, self._suite, self._files = stack, suite, files
        self._baseline, self._limit, self._left = baseline, limit, limit - used
        self._flaky: frozenset[str] = frozenset()
        self.last = TestReport(RunStatus.NOT_RUN, reason="no test run was left")

    @property
    def comparison(self) -> Comparison:
        """The last whole run of changes against the baseline."""
        return self._compared(self.last)

    def may_run(self) -> bool:
        """Tell whether the limit allows one more run."""
        return self._left > 0

    def examine(self, items: Items) -> tuple[Trial, Symptoms] | None:
        """Run everything on these changes; return how to look for culprits and what is wrong, None when nothing is."""
        found = self.whole(items, spare=0)
        if found is not None and not found.tests:
            if self._ends(()) is not None:
                return None  # the base does so too by now: not the changes' fault
            found = self.whole(items)
            if found is not None and not found.tests:
                return self._ends, found
        return self._by_tests(items, found.tests) if found else None

    def _by_tests(self, items: Items, tests: frozenset[str]) -> tuple[Trial, Symptoms] | None:
        on_base = self.some((), tests)
        if on_base is not None and on_base.report.status not in _WITHOUT_EVIDENCE:
            self._flaky |= on_base.tests
        suspect = tests - self._flaky
        if not suspect:
            return None
        alone = self.some(items, suspect)
        if alone is None:
            return self._only_among_others(items, suspect)
        wrong = alone.tests
        return (lambda part: self.some(part, wrong)), alone

    def _only_among_others(self, items: Items, suspect: frozenset[str]) -> tuple[Trial, Symptoms] | None:
        """For tests that fail in the whole suite and pass by themselves: flaky, unless they fail there again."""

        def trial(part: Items) -> Symptoms | None:
            seen = self.whole(part)
            tests = seen.tests & suspect if seen else frozenset[str]()
            return Symptoms(self.last, tests) if tests else None

        again = trial(items)
        if again is None:
            self._flaky |= suspect
            return None
        return trial, again

    def _ends(self, part: Items) -> Symptoms | None:
        """Trial for a run that crashes or hangs."""
        seen = self.whole(part)
        return None if seen is None or seen.tests else seen

    def whole(self, items: Items, *, spare: int = 1) -> Symptoms | None:
        """Run the whole suite; raises LimitReached unless `spare` runs are left after it."""
        report = self._run(items, (), spare=spare)
        self.last = report if items else self.last
        if self._ends_worse(report):
            return Symptoms(report)
        comparison = self._compared(report)
        tests = frozenset((*comparison.new, *comparison.vanished))
        return Symptoms(report, tests) if tests else None

    def some(self, items: Items, tests: frozenset[str]) -> Symptoms | None:
        """Run these tests and return those that fail, or are gone though the baseline has them."""
        report = self._run(items, tuple(sorted(tests)), spare=1)
        if report.status not in _SILENT | {RunStatus.COMPLETED}:
            return Symptoms(report, tests)
        broken = tests & (report.bad | (self._baseline.ids - report.ids))
        return Symptoms(report, broken) if broken else None

    def _compared(self, report: TestReport) -> Comparison:
        """Sort the failures of a report; flaky tests count as neither new nor vanished."""
        seen = compare(self._baseline, report)
        vanished = seen.vanished if report.status is RunStatus.COMPLETED else ()
        return Comparison(
            new=_without(seen.new, self._flaky),
            old=seen.old,
            fixed=seen.fixed,
            vanished=_without(vanished, self._flaky),
            flaky=tuple(sorted(self._flaky.intersection((*seen.new, *vanished)))),
        )

    def _ends_worse(self, report: TestReport) -> bool:
        """A run that says less than the baseline did is no proof of anything."""
        if report.status is RunStatus.COMPLETED or report.status is self._baseline.status:
            return False
        return not (report.status in _SILENT and self._baseline.status in _SILENT)

    def _run(self, items: Items, tests: tuple[str, ...], *, spare: int) -> TestReport:
        if self._left <= spare:
            raise LimitReached("test_runs", limit=self._limit, hint=_HINT)
        self._left -= 1
        return self._suite.run(self._state(items), tests=tests)

    def _state(self, items: Items) -> TreeState:
        if items == self._stack:
            return TreeState(items[-1].commit)
        base = self._stack[0].parent
        contents, _ = compose(base, [item.approved for item in items], self._files)
        return TreeState(base, contents)


def _without(ids: tuple[str, ...], others: Collection[str]) -> tuple[str, ...]:
    return tuple(each for each in ids if each not in others)
