"""The tickets: nothing is approved but what an approval names, byte for byte."""

from datetime import UTC, datetime

import msgspec
import pytest

from autonomous.model.change import ChangeSet, FileEdit
from autonomous.model.check import Check, Gate, Scores, Verdict
from autonomous.model.digest import digest_of
from autonomous.model.errors import ApprovedSomethingElse
from autonomous.model.finding import Finding, Span, Target
from autonomous.model.journey import Approval, Approved, Cleared, Dropped, Validated
from autonomous.model.kinds import Category, Safety, Severity
from autonomous.model.proposal import Proposal
from autonomous.model.testing import RunStatus, TestOutcome, TestReport, TestResult, compare

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FINDING = Finding(
    rule="AUT999", name="a-rule", title="A fault", category=Category.STYLE, severity=Severity.LOW, confidence=1.0,
    path="a.py", span=Span(1, 1, 1, 2), message="it is wrong", fingerprint=digest_of(b"f"),
)  # fmt: skip
CHANGE = ChangeSet("0" * 40, (FileEdit("a.py", b"x\n", b"y\n"),))
PROPOSAL = Proposal(FINDING, CHANGE, "rule AUT999", Safety.SAFE, "mend it", "it is wrong")
PASSED = Check("parses", Verdict.PASS, "it parses")
CLEARED = Cleared(
    Validated(PROPOSAL, (PASSED,)), (PASSED,), Scores(1.0, 1.0, 0.0), Gate.ASK, "a person decides"
)


def test_an_approval_of_this_change_opens_the_way() -> None:
    approved = Approved(CLEARED, Approval(CHANGE.digest, "alice", NOW))
    assert approved.proposal is PROPOSAL
    assert CLEARED.evidence == (PASSED, PASSED)


@pytest.mark.parametrize(
    "other",
    [
        ChangeSet("1" * 40, CHANGE.edits),
        ChangeSet(CHANGE.base, (FileEdit("b.py", b"x\n", b"y\n"),)),
        ChangeSet(CHANGE.base, (FileEdit("a.py", b"x\n", b"z\n"),)),
        ChangeSet(CHANGE.base, (FileEdit("a.py", b"X\n", b"y\n"),)),
        ChangeSet(CHANGE.base, (FileEdit("a.py", None, b"y\n"),)),
        ChangeSet(CHANGE.base, (FileEdit("a.py", b"x\n", None),)),
        ChangeSet(CHANGE.base, (*CHANGE.edits, FileEdit("c.py", b"", b""))),
    ],
    ids=["base", "path", "one byte after", "one byte before", "created", "removed", "one more file"],
)
def test_an_approval_of_another_change_opens_nothing(other: ChangeSet) -> None:
    with pytest.raises(ApprovedSomethingElse):
        Approved(CLEARED, Approval(other.digest, "alice", NOW))


def test_nor_does_one_that_was_written_down_and_read_again() -> None:
    approved = Approved(CLEARED, Approval(CHANGE.digest, "alice", NOW))
    forged = msgspec.json.encode(approved).replace(b'"after":"eQo="', b'"after":"ego="')
    with pytest.raises(ApprovedSomethingElse):
        msgspec.json.decode(forged, type=Approved)
    assert msgspec.json.decode(msgspec.json.encode(approved), type=Approved) == approved


def test_a_veto_is_never_validated() -> None:
    with pytest.raises(ValueError):
        Validated(PROPOSAL, (Check("parses", Verdict.VETO, "it does not"),))


@pytest.mark.parametrize("scores", [(-0.1, 0, 0), (0, 1.1, 0), (0, 0, 2)])
def test_scores_lie_between_zero_and_one(scores: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError):
        Scores(*scores)


def test_what_was_dropped_says_where_and_why() -> None:
    dropped = Dropped(FINDING, "validator", "it does not parse", PROPOSAL)
    assert msgspec.json.decode(msgspec.json.encode(dropped), type=Dropped).reason == "it does not parse"


def test_severities_are_ordered() -> None:
    assert Severity.HIGH.at_least(Severity.MEDIUM)
    assert not Severity.LOW.at_least(Severity.MEDIUM)
    assert [s.rank for s in Severity] == [0, 1, 2, 3, 4]


def test_a_target_without_lines_covers_everything() -> None:
    assert Target(("a.py",)).covers("b.py", Span(9, 1, 9, 2))
    some = Target(lines={"a.py": ((3, 5),)})
    assert some.covers("a.py", Span(5, 1, 7, 2))
    assert not some.covers("a.py", Span(6, 1, 7, 2))
    assert not some.covers("b.py", Span(4, 1, 4, 2))


def test_the_diff_shows_missing_line_ends_and_odd_bytes() -> None:
    diff = FileEdit("a.py", b"x\n\xff", None).diff()
    assert diff.startswith("--- a/a.py\n+++ /dev/null\n")
    assert diff.endswith("-\\xff\n\\ No newline at end of file\n")
    assert CHANGE.diff().count("\n@@") == 1
    assert CHANGE.edits[0].added_and_removed() == (1, 1)


def report(**outcomes: TestOutcome) -> TestReport:
    return TestReport(
        RunStatus.COMPLETED, tuple(TestResult(test, outcome) for test, outcome in outcomes.items())
    )


def test_two_runs_side_by_side() -> None:
    ok, bad = TestOutcome.PASSED, TestOutcome.FAILED
    sides = compare(report(a=ok, b=bad, c=bad, d=ok), report(a=bad, b=bad, c=ok))
    assert (sides.new, sides.old, sides.fixed, sides.vanished) == (("a",), ("b",), ("c",), ("d",))
    assert not sides.green
    assert compare(report(a=bad), report(a=bad)).green


def test_coverage_of_nothing_is_unknown() -> None:
    assert report(a=TestOutcome.PASSED).covered is None
