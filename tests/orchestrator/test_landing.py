"""What lands is what was tested: culprits go, the others are stacked anew, one ref moves at the end."""

import dataclasses
from collections.abc import Callable

import pytest
import repositories
import tickets
from workbench import BRANCH, Workbench

from autonomous.model.errors import Refused
from autonomous.model.event import EventKind
from autonomous.model.journey import Approved, Dropped, Landed, RolledBack
from autonomous.model.testing import RunStatus, TestOutcome, TestReport, TestResult
from autonomous.orchestrator.landing import (
    NO_SUITE,
    CountedSuite,
    Landing,
    baseline_phase,
    baseline_words,
    branch_name,
    land,
)
from autonomous.orchestrator.run import Run
from autonomous.ports.suite import TreeState

Make = Callable[..., Workbench]
TEXT = b"one\ntwo\nthree\nfour\nfive\nsix\nseven\n"
FILES = {"a.py": TEXT, "b.py": TEXT}


def change(bench: Workbench, old: bytes, new: bytes, path: str = "a.py") -> Approved:
    return tickets.approved(bench.base, (path, TEXT, TEXT.replace(old, new)))


def landing(bench: Workbench, *, tested: bool = True, run: Run, **facts) -> Landing:
    crew = bench.crew(tested=tested)
    ports = crew.ports_at(bench.base)
    given = {
        "crew": crew,
        "ports": ports,
        "base": bench.base,
        "branch": BRANCH,
        "current": ports.files,
        "baseline": baseline_phase(run, ports=ports, base=bench.base),
    }
    return Landing(**{**given, **facts})


def kept(bench: Workbench, run: Run, *items: Approved) -> tuple[Approved, ...]:
    """Keep the evidence for these changes, as the phases before do."""
    for item in items:
        bench.store.save_findings([item.proposal.finding], workflow=run.workflow.id)
        bench.store.save_cleared(item.cleared, workflow=run.workflow.id)
    return items


def summary(bench: Workbench, phase: str) -> str:
    ended = [m for m in bench.messages if m.kind is EventKind.PHASE_ENDED and m.subject == phase]
    return str(ended[-1].payload["summary"])


def test_a_culprit_goes_and_the_tested_tree_lands(bench: Make) -> None:
    shop = bench(FILES)
    shop.suite.fails |= {
        "test_two": lambda tree: b"zwei" in tree["a.py"],
        "test_old": lambda tree: True,
    }
    run = shop.run()
    items = kept(
        shop,
        run,
        change(shop, b"one", b"eins"),
        change(shop, b"two", b"zwei"),
        change(shop, b"five", b"cinq"),
        change(shop, b"six", b"sechs", "b.py"),
    )
    outcomes = land(run, items, landing=landing(shop, run=run))
    assert [type(item) for item in outcomes] == [RolledBack, Landed, Landed, Landed]
    blamed, *landed = outcomes
    assert blamed.proposal == items[1].proposal
    assert blamed.reason == "breaks 1 test: test_two"
    tree = {path: shop.file(path) for path in FILES}
    assert tree["a.py"] == TEXT.replace(b"one", b"eins").replace(b"five", b"cinq")
    assert tree in shop.suite.trees, "the tests ran on exactly this tree"
    assert [item.tested.implemented.parent for item in landed] == [
        shop.base,
        *(i.commit for i in landed[:-1]),
    ]
    assert shop.branches() == {BRANCH: landed[-1].commit}
    assert repositories.git(shop.root, "rev-list", "--count", f"main..{BRANCH}") == "3"
    assert blamed.implemented.commit not in repositories.git(shop.root, "rev-list", BRANCH)
    assert summary(shop, "test") == "2 pass, 1 fail, 1 change rolled back"
    stored = shop.store.outcomes(run.workflow.id)
    assert [type(item) for item in stored] == [type(item) for item in outcomes]
    assert {result.id for result in stored[0].report.results} == {"test_two"}, "failures alone are kept"


def test_when_all_break_something_no_branch_is_made(bench: Make) -> None:
    shop = bench(FILES)
    shop.suite.fails["test_one"] = lambda tree: tree["a.py"] != TEXT
    run = shop.run()
    items = kept(shop, run, change(shop, b"one", b"1"), change(shop, b"five", b"5"))
    outcomes = land(run, items, landing=landing(shop, run=run))
    assert [type(item) for item in outcomes] == [RolledBack] * 2
    assert shop.branches() == {}
    assert run.workflow.branch == ""


def test_when_all_moved_on_nothing_is_tested(bench: Make) -> None:
    shop = bench(FILES)
    run = shop.run()
    items = kept(shop, run, change(shop, b"one", b"1"), change(shop, b"five", b"5"))
    later = repositories.commit(shop.root, {"a.py": TEXT + b"eight\n"})
    where = landing(shop, run=run, current=shop.repository.tree(later))
    outcomes = land(run, items, landing=where)
    assert [type(item) for item in outcomes] == [Dropped] * 2
    assert {item.reason for item in outcomes} == {
        "changed since approval: a.py is no longer the file that was approved"
    }
    assert len(shop.suite.trees) == 1, "the baseline alone"
    assert shop.store.outcomes(run.workflow.id) == outcomes
    assert shop.branches() == {}


def test_what_does_not_fit_is_dropped_and_the_rest_lands(bench: Make) -> None:
    shop = bench(FILES)
    run = shop.run()
    items = kept(shop, run, change(shop, b"two", b"2"), change(shop, b"two", b"zwei"))
    dropped, landed = land(run, items, landing=landing(shop, run=run))
    assert dropped.reason == "an earlier change touches the same lines of a.py, from line 2"
    assert landed.proposal == items[0].proposal
    assert summary(shop, "implement") == "1 commit for auto/improve"


def test_without_tests_it_is_said_that_nothing_was_tested(bench: Make) -> None:
    shop = bench(FILES)
    run = shop.run()
    (landed,) = land(
        run, kept(shop, run, change(shop, b"two", b"2")), landing=landing(shop, tested=False, run=run)
    )
    assert landed.tested.report.untested == "there is no test suite to run"
    assert summary(shop, "test") == "untested: there is no test suite to run"
    assert shop.file("a.py") == TEXT.replace(b"two", b"2")


def test_a_failure_from_before_is_nobodys_fault(bench: Make) -> None:
    shop = bench(FILES)
    shop.suite.fails["test_old"] = lambda tree: True
    run = shop.run()
    (landed,) = land(run, kept(shop, run, change(shop, b"two", b"2")), landing=landing(shop, run=run))
    assert landed.tested.comparison.old == ("test_old",)
    assert summary(shop, "test") == "1 pass, 1 fail as before"
    assert summary(shop, "baseline") == "1 test passes, 1 fail already (not blamed on any change)"


def test_a_baseline_is_run_once_for_a_tree_and_a_command(bench: Make) -> None:
    shop = bench(FILES)
    ports = shop.ports_at(shop.base)
    first = baseline_phase(shop.run(), ports=ports, base=shop.base)
    again = baseline_phase(shop.run(), ports=ports, base=shop.base)
    assert again == first
    assert len(shop.suite.trees) == 1
    assert summary(shop, "baseline").endswith("(kept from an earlier run)")
    shop.suite.identity = "other words"
    baseline_phase(shop.run(), ports=ports, base=shop.base)
    later = repositories.commit(shop.root, {"b.py": "x\n"})
    baseline_phase(shop.run(), ports=shop.ports_at(later), base=later)
    assert len(shop.suite.trees) == 3
    assert baseline_phase(shop.run(), ports=shop.ports_at(later, tested=False), base=later) is NO_SUITE


class Broken:
    """A suite that never gets to its tests."""

    identity = "broken"

    def run(self, state, *, tests=(), coverage=False) -> TestReport:
        return TestReport(RunStatus.NOT_RUN, reason="no sandbox passed its probe")


def test_a_baseline_that_says_nothing_is_not_kept(bench: Make) -> None:
    shop = bench(FILES)
    ports = dataclasses.replace(shop.ports_at(shop.base), suite=Broken())
    for _ in range(2):
        assert baseline_phase(shop.run(), ports=ports, base=shop.base).status is RunStatus.NOT_RUN
        assert summary(shop, "baseline") == "untested: no sandbox passed its probe"


@pytest.mark.parametrize(
    ("passed", "failed", "words"),
    [
        (0, 0, "0 tests pass"),
        (1, 0, "1 test passes"),
        (1200, 2, "1,200 tests pass, 2 fail already (not blamed on any change)"),
    ],
)
def test_the_baseline_in_words(passed: int, failed: int, words: str) -> None:
    ends = [TestOutcome.PASSED] * passed + [TestOutcome.FAILED] * failed
    results = tuple(TestResult(f"t{number}", end) for number, end in enumerate(ends))
    assert baseline_words(TestReport(RunStatus.COMPLETED, results)) == words


def test_a_branch_name_that_is_taken_gets_a_number() -> None:
    assert branch_name("auto/x", ()) == "refs/heads/auto/x"
    assert branch_name("auto/x", ("refs/heads/auto/x", "refs/heads/auto/x-2")) == "refs/heads/auto/x-3"


def test_a_branch_cannot_lie_below_another_one() -> None:
    with pytest.raises(Refused, match="the branch auto stands in the way"):
        branch_name("auto/x", ("refs/heads/auto",))


def test_counting_changes_nothing_about_a_suite(bench: Make) -> None:
    shop = bench(FILES)
    counted = CountedSuite(shop.suite)
    assert counted.identity == shop.suite.identity
    assert counted.run(TreeState(shop.base)) == shop.suite.run(TreeState(shop.base))
    assert counted.runs == 1


def test_a_branch_that_came_meanwhile_is_not_moved(bench: Make) -> None:
    shop = bench(FILES)
    run = shop.run()
    where = landing(shop, run=run)
    repositories.git(shop.root, "branch", BRANCH.removeprefix("refs/heads/"))
    with pytest.raises(Refused, match="no longer where"):
        land(run, kept(shop, run, change(shop, b"two", b"2")), landing=where)
    assert shop.branches() == {BRANCH: shop.base}
    assert shop.store.outcomes(run.workflow.id) == ()
    assert run.workflow.branch == "", "nothing was promised"
