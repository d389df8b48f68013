"""Layers that ask the rulebook: parses, finding gone, nothing new, stable."""

import msgspec
import pytest
from validation_samples import AFTER, BEFORE, PATH, Words, finding_in, ports, proposal, reading

from autonomous.model.change import FileEdit
from autonomous.model.check import Verdict
from autonomous.stages.checks.finding_gone import finding_gone
from autonomous.stages.checks.lines import changed_lines
from autonomous.stages.checks.nothing_new import nothing_new, security_rules
from autonomous.stages.checks.parses import parses
from autonomous.stages.checks.reading import Reading
from autonomous.stages.checks.stable import stable


@pytest.mark.parametrize(
    ("before", "after", "verdict", "words"),
    [
        (BEFORE, AFTER, Verdict.PASS, "Python reads the result"),
        (BEFORE, None, Verdict.PASS, "Python reads the result"),
        (None, AFTER, Verdict.PASS, "Python reads the result"),
        (BEFORE, b"x = 1\ndef f(:\n", Verdict.VETO, "src/app.py after the change: syntax error on line 2"),
        (BEFORE, b"x = '\0'\n", Verdict.VETO, "NUL byte on line 1"),
        (BEFORE, b"# coding: utf-8\nx = '\xff'\n", Verdict.VETO, "line 2"),
        (BEFORE, b"(" * 100_000, Verdict.VETO, "after the change"),
    ],
)
def test_parses(before: bytes | None, after: bytes | None, verdict: Verdict, words: str) -> None:
    check = parses(proposal(before, after, finding=finding_in(BEFORE)), ports(), reading())
    assert (check.name, check.verdict) == ("parses", verdict)
    assert words in check.reason


def test_a_file_that_was_broken_before_is_refused_too() -> None:
    check = parses(proposal(b"def f(:\n", AFTER, finding=finding_in(BEFORE)), ports(), reading())
    assert check.verdict is Verdict.VETO
    assert "before the change" in check.reason


def test_only_python_must_parse() -> None:
    assert parses(proposal(b"a", b"def (", path="a.txt"), ports(), reading()).verdict is Verdict.PASS


TWO = b"def f():\n    bad(1)\n    bad(1)\n    bad(2)\n"


@pytest.mark.parametrize(
    ("before", "after", "number", "verdict", "words"),
    [
        (BEFORE, AFTER, 0, Verdict.PASS, "AUT001 is not found any more"),
        (BEFORE, BEFORE + b"\nx = 1\n", 0, Verdict.VETO, "found 1 times, 1 times before"),
        (BEFORE, BEFORE.replace(b"bad", b"loop"), 0, Verdict.VETO, "found 1 times"),
        # Of two equal ones the first goes, and the second takes over its fingerprint.
        (TWO, TWO.replace(b"bad(1)", b"good(1)", 1), 0, Verdict.PASS, "not found"),
        (TWO, TWO.replace(b"bad(1)", b"good(1)", 1), 1, Verdict.PASS, "not found"),
        (TWO, TWO.replace(b"bad(2)", b"good(2)"), 0, Verdict.VETO, "the one in f is still there"),
        (b"bad(1)\nbad(2)\n", b"bad(1)\n", 0, Verdict.VETO, "the one in line 1 is still there"),
        (b"bad(1)\nx = bad(1)\n", b"bad(1)\nx = good(1)\n", 1, Verdict.PASS, "not found"),
        (b"bad(1)\nx = bad(1)\n", b"bad(1)\nx = good(1)\n", 0, Verdict.VETO, "still there"),
    ],
)
def test_finding_gone(before: bytes, after: bytes, number: int, verdict: Verdict, words: str) -> None:
    wanted = proposal(before, after, finding=finding_in(before, number=number))
    check = finding_gone(wanted, ports(), reading())
    assert (check.name, check.verdict) == ("finding-gone", verdict)
    assert words in check.reason


def test_a_finding_that_the_rule_does_not_report_any_more_says_so() -> None:
    stale = msgspec.structs.replace(finding_in(b"bad(77)\n"), symbol="gone")
    check = finding_gone(proposal(finding=stale), ports(), reading())
    assert (check.verdict, "scan again" in check.reason) == (Verdict.VETO, True)


def test_a_change_of_another_file_mends_nothing() -> None:
    check = finding_gone(proposal(path="other.py", finding=finding_in(BEFORE)), ports(), reading())
    assert (check.verdict, check.reason) == (
        Verdict.VETO,
        "the change leaves src/app.py alone, where the finding is",
    )


def test_findings_of_other_engines_cannot_be_judged() -> None:
    other = msgspec.structs.replace(finding_in(BEFORE), engine="bandit")
    assert finding_gone(proposal(finding=other), ports(), reading()).verdict is Verdict.UNKNOWN


def test_a_file_that_goes_takes_its_finding_along() -> None:
    assert finding_gone(proposal(BEFORE, None), ports(), reading()).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("before", "after", "verdict", "words"),
    [
        (BEFORE, AFTER, Verdict.PASS, "no rule finds anything new"),
        (BEFORE, b"# moved down\n\n" + AFTER, Verdict.PASS, "no rule"),
        (
            BEFORE,
            BEFORE.replace(b"bad(1)", b"worse(1)"),
            Verdict.VETO,
            "AUT002 at src/app.py:5 (a call of worse)",
        ),
        (BEFORE, BEFORE.replace(b"bad(1)", b"bad(2)"), Verdict.VETO, "AUT001 at src/app.py:5"),
        # A finding around the mended one changes its code, and its fingerprint with it: it is not new.
        (b"def f():\n    worse(bad(1))\n", b"def f():\n    worse(good(1))\n", Verdict.PASS, "no rule"),
        (b"def f():\n    worse(bad(1))\n", b"def f():\n    worse(worse(1))\n", Verdict.VETO, "AUT002"),
        (TWO, TWO.replace(b"bad(1)", b"good(1)", 1), Verdict.PASS, "no rule"),
    ],
)
def test_nothing_new(before: bytes, after: bytes, verdict: Verdict, words: str) -> None:
    number = 1 if before.startswith(b"def f():\n    worse") else 0
    check = nothing_new(
        proposal(before, after, finding=finding_in(before, number=number)), ports(), reading()
    )
    assert (check.name, check.verdict) == ("nothing-new", verdict)
    assert words in check.reason


def test_many_new_findings_are_counted() -> None:
    after = BEFORE.replace(b"bad(1)", b"[worse(1), worse(2), worse(3), worse(4), worse(5)]")
    assert nothing_new(proposal(after=after), ports(), reading()).reason.endswith("and 2 more")


def test_what_is_new_in_a_new_file_counts() -> None:
    more = (FileEdit("src/new.py", None, b"worse(1)\n"),)
    assert "src/new.py:1" in nothing_new(proposal(more=more), ports(), reading()).reason


@pytest.mark.parametrize(
    ("word", "verdict"), [(b"leak", Verdict.VETO), (b"worse", Verdict.PASS), (b"good", Verdict.PASS)]
)
def test_security_rules_are_asked_by_themselves(word: bytes, verdict: Verdict) -> None:
    check = security_rules(proposal(after=BEFORE.replace(b"bad", word)), ports(), reading())
    assert (check.name, check.verdict) == ("security-rules", verdict)


@pytest.mark.parametrize(
    ("after", "verdict"),
    [
        (AFTER, Verdict.PASS),
        (BEFORE.replace(b"bad(1)", b"loop(1)"), Verdict.VETO),
        (AFTER.replace(b"os.sep", b"bad(7)"), Verdict.VETO),
        (AFTER.replace(b"os.sep", b"worse(7)"), Verdict.PASS),  # not this rule's business
        (None, Verdict.PASS),
    ],
)
def test_stable(after: bytes | None, verdict: Verdict) -> None:
    assert stable(proposal(after=after), ports(), reading()).verdict is verdict


def test_what_shared_the_line_before_waits_for_its_turn() -> None:
    before = b"x = bad(1), bad(2)\n"
    assert stable(proposal(before, b"x = good(1), bad(2)\n"), ports(), reading()).verdict is Verdict.PASS
    assert stable(proposal(before, b"x = loop(1), bad(2)\n"), ports(), reading()).verdict is Verdict.VETO


def test_stable_leaves_the_rest_of_the_file_to_later_rounds() -> None:
    check = stable(proposal(TWO, TWO.replace(b"bad(1)", b"good(1)", 1)), ports(), reading())
    assert check.verdict is Verdict.PASS


def test_a_suggestion_that_changes_nothing_is_stable() -> None:
    class Silent(Words):
        def rewrites(self, *_: object) -> tuple[()]:  # type: ignore[override]
            return ()

    again = proposal(after=BEFORE.replace(b"bad(1)", b"loop(1)"))
    assert stable(again, ports(), Reading(Silent())).verdict is Verdict.PASS


def test_changed_lines_count_on_both_sides() -> None:
    lines = changed_lines(FileEdit("a.py", b"1\n2\n3\n4\n", b"0\n1\n3\nfour\nfive\n"))
    assert (lines.before, lines.after) == ({2, 4}, {1, 4, 5})


def test_each_content_is_searched_once() -> None:
    words = Words()
    shared = Reading(words)
    for after in (AFTER, AFTER + b"\n", AFTER + b"# x\n"):
        finding_gone(proposal(after=after), ports(), shared)
        nothing_new(proposal(after=after), ports(), shared)
    assert words.reads == 4
    assert shared.source(PATH, BEFORE) is shared.source(PATH, BEFORE)
