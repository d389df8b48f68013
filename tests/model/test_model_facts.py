"""Errors say what happened and what to type next; reports count what they hold."""

from datetime import UTC, datetime

import msgspec
import pytest
import tickets

from autonomous.model.digest import digest_of
from autonomous.model.errors import (
    ApprovedSomethingElse,
    ExitCode,
    LimitReached,
    Refused,
    Stopped,
    UsageError,
)
from autonomous.model.journey import Implemented, Landed, RolledBack, Tested
from autonomous.model.testing import (
    Comparison,
    FileCoverage,
    RunStatus,
    TestOutcome,
    TestReport,
    TestResult,
)
from autonomous.model.workflow import Limits, Workflow, WorkflowStatus

NOW = datetime(2026, 1, 1, tzinfo=UTC)
OK, BAD = TestOutcome.PASSED, TestOutcome.FAILED


def test_parts_of_a_digest_are_not_joined() -> None:
    assert digest_of(b"ab", b"c") != digest_of(b"a", b"bc") != digest_of(b"abc")
    assert digest_of() == digest_of()
    assert len(digest_of(b"")) == 64


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (UsageError("what", detail="it", hint="do"), ExitCode.USAGE, "what"),
        (Refused("no", hint="do"), ExitCode.REFUSED, "no"),
        (Stopped(), ExitCode.LIMIT, "stopped by a signal"),
        (
            LimitReached("test_runs", limit=40, hint="raise it"),
            ExitCode.LIMIT,
            "limit reached: test_runs = 40",
        ),
        (
            ApprovedSomethingElse(approved=digest_of(b"a"), found=digest_of(b"b")),
            ExitCode.REFUSED,
            f"the approval is for change {digest_of(b'a')[:12]}, not for {digest_of(b'b')[:12]}",
        ),
    ],
)
def test_every_error_has_a_message_a_hint_and_a_code(error, code: ExitCode, said: str) -> None:
    assert str(error) == said
    assert error.exit_code is code
    assert error.hint
    assert isinstance(error.detail, str)


def test_every_ticket_after_the_approval_leads_back_to_its_proposal() -> None:
    approved = tickets.approved("b" * 40, ("a.py", b"x\n", b"y\n"))
    report, comparison = TestReport(RunStatus.COMPLETED), Comparison((), (), (), ())
    made = Implemented(approved, "c" * 40, "b" * 40)
    tested = Tested(made, report, comparison)
    landed = Landed(tested, made.commit, "refs/heads/auto/x")
    back = RolledBack(made, report, comparison, "breaks 1 test")
    assert {id(ticket.proposal) for ticket in (approved, made, tested, landed, back)} == {
        id(approved.cleared.proposal)
    }
    assert msgspec.json.decode(msgspec.json.encode(landed), type=Landed) == landed


def test_two_ways_to_fix_one_finding_have_two_ids() -> None:
    fault = tickets.finding()
    ways = [tickets.proposal("b" * 40, ("a.py", b"x\n", after), of=fault) for after in (b"y\n", b"z\n")]
    assert ways[0].id != ways[1].id
    assert ways[0].id == tickets.proposal("b" * 40, ("a.py", b"x\n", b"y\n"), of=fault, alternative=3).id
    assert fault.id == fault.fingerprint


def test_a_report_counts_its_tests_and_lines() -> None:
    results = (TestResult("a", OK), TestResult("b", BAD, message="no"), TestResult("c", TestOutcome.ERROR))
    files = (FileCoverage("a.py", (1, 2, 3), (4,)), FileCoverage("b.py", (), (1, 2, 3, 4)))
    report = TestReport(RunStatus.COMPLETED, results, coverage=files)
    assert report.bad == {"b", "c"}
    assert report.ids == {"a", "b", "c"}
    assert (report.count(OK), report.count(OK, BAD)) == (1, 2)
    assert report.covered == 37.5
    assert report.untested == ""


@pytest.mark.parametrize(
    ("reason", "said"), [("no sandbox passed its probe", "no sandbox passed its probe"), ("", "not run")]
)
def test_a_report_of_nothing_says_why(reason: str, said: str) -> None:
    assert TestReport(RunStatus.NOT_RUN, reason=reason).untested == said


def test_limits_and_runs_are_given_by_name_and_never_changed() -> None:
    with pytest.raises(TypeError):
        Limits(3)
    run = Workflow(id="wf-1", command="improve", targets=(), started=NOW)
    assert run.status is WorkflowStatus.RUNNING
    with pytest.raises(AttributeError):
        run.tip = "c" * 40
