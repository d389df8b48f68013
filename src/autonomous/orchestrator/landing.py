"""From approved to landed: stack, test once, drop the culprits, and move one ref as the commit point."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from autonomous.model.digest import digest_of
from autonomous.model.errors import LimitReached, Refused
from autonomous.model.event import EventKind
from autonomous.model.journey import Approved, Dropped, Implemented, Landed, Outcome, RolledBack, Tested
from autonomous.model.testing import RunStatus, TestOutcome, TestReport
from autonomous.orchestrator.recovery import publish
from autonomous.orchestrator.run import Crew, Run
from autonomous.orchestrator.scanning import count
from autonomous.ports import Ports
from autonomous.ports.files import Files
from autonomous.ports.suite import Suite, TreeState
from autonomous.stages.implementer import Implementer
from autonomous.stages.test_runner import TestRunner

NO_SUITE = TestReport(RunStatus.NOT_RUN, reason="there is no way to run tests here")
NOT_NEEDED = TestReport(RunStatus.NOT_RUN, reason="no change came as far as the tests")


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """Where changes land: on `base`, as `branch`, for a person whose tree is `current`."""

    crew: Crew
    ports: Ports
    base: str
    branch: str
    current: Files
    baseline: TestReport


@dataclass(slots=True)
class CountedSuite:
    """A suite that counts its runs: the limit is about all rounds together."""

    suite: Suite
    runs: int = 0

    @property
    def identity(self) -> str:
        """That of the suite itself."""
        return self.suite.identity

    def run(self, state: TreeState, *, tests: Sequence[str] = (), coverage: bool = False) -> TestReport:
        """Run the tests and count it."""
        self.runs += 1
        return self.suite.run(state, tests=tests, coverage=coverage)


def baseline_phase(run: Run, *, ports: Ports, base: str) -> TestReport:
    """Run the tests on the base, or take the report that an earlier run kept for the same tree and command."""
    if ports.suite is None:
        return NO_SUITE
    key = digest_of(base.encode(), ports.suite.identity.encode())
    with run.phase("baseline") as phase:
        report = run.store.baseline(key)
        kept = report is not None
        if report is None:
            report = ports.suite.run(TreeState(base))
            if report.status is RunStatus.COMPLETED:
                run.store.save_baseline(key, report)
        phase.summary = baseline_words(report) + (" (kept from an earlier run)" if kept else "")
    return report


def baseline_words(report: TestReport) -> str:
    """Say what the tests were like before any change."""
    if report.untested:
        return f"untested: {report.untested}"
    passed, bad = report.count(TestOutcome.PASSED), len(report.bad)
    words = f"{count(passed, 'test')} pass" if passed != 1 else "1 test passes"
    return f"{words}, {bad} fail already (not blamed on any change)" if bad else words


def land(run: Run, approved: Sequence[Approved], *, landing: Landing) -> tuple[Outcome, ...]:
    """Land what the tests do not blame; each outcome is recorded as soon as it is certain."""
    stacked, dropped = _implement(run, approved, landing)
    run.ended(dropped)
    if not stacked:
        return dropped
    tested, blamed = _test(run, stacked, landing)
    run.ended(blamed)
    if not tested:
        return (*dropped, *blamed)
    if blamed:
        tested, unfit = _restacked(run, tested, landing)
        run.ended(unfit)
        dropped = (*dropped, *unfit)
    landed = _publish(run, tested, landing)
    return (*dropped, *blamed, *landed)


def _implement(
    run: Run, approved: Sequence[Approved], landing: Landing
) -> tuple[tuple[Implemented, ...], tuple[Dropped, ...]]:
    stage = Implementer(base=landing.base, repository=landing.crew.repository, current=landing.current)
    with run.phase("implement", total=len(approved)) as phase:
        made = tuple(stage(approved, landing.ports))
        stacked = tuple(item for item in made if isinstance(item, Implemented))
        for item in stacked:
            facts: dict[str, str | int | float | bool | None] = {"commit": item.commit, "parent": item.parent}
            run.tell(
                EventKind.CHANGE_IMPLEMENTED, sender="implementer", subject=item.proposal.id, payload=facts
            )
        phase.summary = f"{count(len(stacked), 'commit')} for {landing.branch.removeprefix('refs/heads/')}"
    return stacked, tuple(item for item in made if isinstance(item, Dropped))


def _test(
    run: Run, stacked: Sequence[Implemented], landing: Landing
) -> tuple[tuple[Tested, ...], tuple[RolledBack, ...]]:
    stage = TestRunner(baseline=landing.baseline, limits=landing.crew.limits, used=run.test_runs)
    suite = None if landing.ports.suite is None else CountedSuite(landing.ports.suite)
    with run.phase("test", total=len(stacked)) as phase:
        made = _until_limit(run, stage(tuple(stacked), replace(landing.ports, suite=suite)))
        run.test_runs += 0 if suite is None else suite.runs
        tested = tuple(item for item in made if isinstance(item, Tested))
        blamed = tuple(item for item in made if isinstance(item, RolledBack))
        report = (tested or blamed)[0].report
        facts: dict[str, str | int | float | bool | None] = {
            "status": report.status,
            "passed": report.count(TestOutcome.PASSED),
            "failed": len(report.bad),
            "blamed": len(blamed),
            "sandbox": report.sandbox,
        }
        run.tell(EventKind.TEST_RESULT, sender="test_runner", subject=stacked[-1].commit, payload=facts)
        phase.summary = _test_words(report, blamed)
    return tested, blamed


def _until_limit(run: Run, verdicts: Iterator[Tested | RolledBack]) -> tuple[Tested | RolledBack, ...]:
    """Take every verdict; a limit that ends the search is told once what is proved has landed."""
    made: list[Tested | RolledBack] = []
    try:
        made.extend(verdicts)
    except LimitReached as limit:
        run.limit = limit
    return tuple(made)


def _test_words(report: TestReport, blamed: Sequence[RolledBack]) -> str:
    if report.untested and not blamed:
        return f"untested: {report.untested}"
    words = f"{report.count(TestOutcome.PASSED):,} pass"
    if report.bad:
        words += f", {len(report.bad)} fail as before" if not blamed else f", {len(report.bad)} fail"
    return words + (f", {count(len(blamed), 'change')} rolled back" if blamed else "")


def _restacked(
    run: Run, tested: Sequence[Tested], landing: Landing
) -> tuple[tuple[Tested, ...], tuple[Dropped, ...]]:
    """Stack the good changes again, without the culprits; the tests have already passed on exactly this tree."""
    stacked, dropped = _implement(run, [item.implemented.approved for item in tested], landing)
    by_id = {item.proposal.id: item for item in tested}
    again = tuple(
        Tested(item, by_id[item.proposal.id].report, by_id[item.proposal.id].comparison) for item in stacked
    )
    return again, dropped


def _publish(run: Run, tested: Sequence[Tested], landing: Landing) -> tuple[Landed, ...]:
    landed = tuple(Landed(item, item.implemented.commit, landing.branch) for item in tested)
    publish(run, landed, repository=landing.crew.repository)
    return landed


def branch_name(wanted: str, taken: Sequence[str]) -> str:
    """Return `refs/heads/<wanted>`, with a number behind it when that name is taken or a folder of branches.

    Raises Refused when a branch has the name of a folder that `wanted` would lie in.
    """
    folders = ["/".join(wanted.split("/")[:depth]) for depth in range(1, wanted.count("/") + 1)]
    for folder in folders:
        if f"refs/heads/{folder}" in taken:
            raise Refused(
                f"the branch {folder} stands in the way: git keeps no branch below another one",
                detail=f"The changes would go to {wanted}; every answer so far is kept.",
                hint=f"rename it (git branch -m {folder} NAME), or set branch_prefix in your own settings",
            )
    name, number = f"refs/heads/{wanted}", 1
    while any(other == name or other.startswith(f"{name}/") for other in taken):
        number += 1
        name = f"refs/heads/{wanted}-{number}"
    return name
