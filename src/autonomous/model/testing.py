"""What a run of the repository's own tests said, and how two runs compare."""

from enum import StrEnum

import msgspec


class TestOutcome(StrEnum):
    """How one test ended."""

    __test__ = False

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    SKIPPED = "skipped"
    XFAILED = "xfailed"
    XPASSED = "xpassed"


class RunStatus(StrEnum):
    """How a whole run ended; only `completed` says anything about single tests."""

    COMPLETED = "completed"
    NO_TESTS = "no tests"
    TIMED_OUT = "timed out"
    CRASHED = "crashed"
    WRONG_CODE = "wrong code"  # the tests imported code from outside the tree under test
    NOT_RUN = "not run"  # no sandbox passed its probe, or there is no test command


class TestResult(msgspec.Struct, frozen=True):
    """One test, by the id that its framework gives it."""

    __test__ = False

    id: str
    outcome: TestOutcome
    seconds: float = 0.0
    message: str = ""  # the failure's last lines

    @property
    def bad(self) -> bool:
        """True for a failure or an error."""
        return self.outcome in {TestOutcome.FAILED, TestOutcome.ERROR}


class FileCoverage(msgspec.Struct, frozen=True):
    """Lines of one file that a run executed, out of those that can be executed."""

    path: str
    executed: tuple[int, ...]
    missing: tuple[int, ...]


class TestReport(msgspec.Struct, frozen=True):
    """One run. It was written by code that may lie: evidence, not authority."""

    __test__ = False

    status: RunStatus
    results: tuple[TestResult, ...] = ()
    reason: str = ""  # for every status but `completed`: what happened and what to do
    command: tuple[str, ...] = ()
    sandbox: str = ""
    seconds: float = 0.0
    coverage: tuple[FileCoverage, ...] = ()
    output_tail: str = ""

    @property
    def bad(self) -> frozenset[str]:
        """Ids of the tests that failed or could not run."""
        return frozenset(result.id for result in self.results if result.bad)

    @property
    def untested(self) -> str:
        """Why this run says nothing about the tree; empty when it was completed."""
        return "" if self.status is RunStatus.COMPLETED else self.reason or str(self.status)

    @property
    def ids(self) -> frozenset[str]:
        """Ids of all tests of the run."""
        return frozenset(result.id for result in self.results)

    def count(self, *outcomes: TestOutcome) -> int:
        """Count the tests with one of these outcomes."""
        return sum(result.outcome in outcomes for result in self.results)

    @property
    def covered(self) -> float | None:
        """Covered share of the executable lines in percent, None when nothing was measured."""
        executed = sum(len(file.executed) for file in self.coverage)
        total = executed + sum(len(file.missing) for file in self.coverage)
        return 100.0 * executed / total if total else None


class Comparison(msgspec.Struct, frozen=True):
    """Two runs side by side, each field test ids in order."""

    new: tuple[str, ...]  # bad now, not before
    old: tuple[str, ...]  # bad in both
    fixed: tuple[str, ...]  # bad before, good now
    vanished: tuple[str, ...]  # collected before, not now: a change may not remove tests
    flaky: tuple[str, ...] = ()  # bad now, but also bad when run again on the base

    @property
    def green(self) -> bool:
        """True when nothing got worse."""
        return not self.new and not self.vanished


def compare(before: TestReport, after: TestReport) -> Comparison:
    """Sort the failures of `after` into new and old ones."""
    bad_before, bad_after = before.bad, after.bad
    return Comparison(
        new=tuple(sorted(bad_after - bad_before)),
        old=tuple(sorted(bad_after & bad_before)),
        fixed=tuple(sorted((bad_before - bad_after) & after.ids)),
        vanished=tuple(sorted(before.ids - after.ids)),
    )
