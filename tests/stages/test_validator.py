"""The validator as a whole: the order of its layers, what other tools say, and what it yields."""

import msgspec
import pytest
from validation_samples import AFTER, BEFORE, Says, Words, issue, ports, proposal, reading

from autonomous.model.check import Verdict
from autonomous.model.issue import Analysis
from autonomous.model.journey import Dropped, Validated
from autonomous.model.kinds import StageName
from autonomous.stages.checks.analyzed import Analyzed
from autonomous.stages.validator import Validator

ORDER = [
    "parses",
    "finding-gone",
    "nothing-new",
    "stable",
    "only-promised-lines",
    "comments-kept",
    "imports-resolve",
    "types",
    "complexity",
    "api",
    "format",
]
CLEAN = [Says(name, Analysis()) for name in ("format", "types", "api")]


def test_a_good_change_passes_every_layer_in_order() -> None:
    (result,) = Validator(rulebook=Words())(proposal(), ports(changes=CLEAN))
    assert isinstance(result, Validated)
    assert [check.name for check in result.checks] == ORDER
    assert {check.verdict for check in result.checks} == {Verdict.PASS}


def test_analyzers_that_are_missing_are_named_and_others_are_asked_last() -> None:
    more = [Says("licences", Analysis(new=(issue(),)))]
    (result,) = Validator(rulebook=Words())(proposal(), ports(changes=more))
    assert isinstance(result, Validated)
    assert [check.name for check in result.checks] == [*ORDER, "licences"]
    unknown = [check.name for check in result.checks if check.verdict is Verdict.UNKNOWN]
    assert unknown == ["types", "api", "format"]
    assert result.checks[-1].verdict is Verdict.WARN


@pytest.mark.parametrize(
    ("before", "after", "stopped_at"),
    [
        (BEFORE, b"def f(:\n", "parses"),
        (BEFORE, BEFORE + b"x = 1\n", "finding-gone"),
        (BEFORE, BEFORE.replace(b"bad(1)", b"worse(1)"), "nothing-new"),
        (b"bad(1)\nbad(1)\n", b"worse(loop(1))\n", "nothing-new"),
        (BEFORE, AFTER + b"x = 1\ndel x\n", "only-promised-lines"),
        (b"bad(1)  # x\n", b"good(1)\n", "comments-kept"),
        (BEFORE, b"import nowhere_to_be_found\n" + AFTER, "imports-resolve"),
        (b"bad(1)\n", b"good(%s)\n" % b" or ".join([b"x"] * 40), None),
        (b"def f():\n    bad(1)\n", b"def f():\n%s" % b"".join([b"    if a: b\n"] * 40), "complexity"),
    ],
)
def test_the_first_veto_ends_it_with_the_checks_so_far(
    before: bytes, after: bytes, stopped_at: str | None
) -> None:
    (result,) = Validator(rulebook=Words())(proposal(before, after), ports())
    if stopped_at is None:
        assert isinstance(result, Validated)
        return
    assert isinstance(result, Dropped)
    assert [check.name for check in result.checks] == ORDER[: ORDER.index(stopped_at) + 1]
    assert result.reason.startswith(f"{stopped_at}: ")
    assert (result.stage, result.proposal, result.finding) == (
        StageName.VALIDATOR,
        proposal(before, after),
        proposal(before, after).finding,
    )


def test_a_type_error_is_a_veto_and_no_later_layer_is_asked() -> None:
    wrong = [Says("types", Analysis(new=(issue(message="Name x is not defined", code="name-defined"),)))]
    (result,) = Validator(rulebook=Words())(proposal(), ports(changes=wrong))
    assert isinstance(result, Dropped)
    assert result.reason == "types: src/app.py:1 Name x is not defined [name-defined]"


@pytest.mark.parametrize(
    ("name", "answer", "verdict", "words", "breaking"),
    [
        ("types", Analysis(), Verdict.PASS, "no new type error", False),
        ("types", Analysis(gone=2), Verdict.PASS, "no new type error, 2 fewer than before", False),
        ("types", Analysis(new=(issue(),)), Verdict.VETO, "src/app.py:1 something [X1]", False),
        ("types", Analysis(unknown="mypy took longer than 60 s"), Verdict.UNKNOWN, "longer", False),
        ("api", Analysis(new=(issue(breaking=True, code=""),)), Verdict.WARN, "src/app.py:1 something", True),
        ("format", Analysis(new=(issue(),)), Verdict.WARN, "something", False),
        ("other", Analysis(), Verdict.PASS, "other reports nothing new", False),
        ("other", Analysis(new=(issue(),) * 5), Verdict.WARN, "and 2 more", False),
    ],
)
def test_analyzers(name: str, answer: Analysis, verdict: Verdict, words: str, breaking: bool) -> None:
    check = Analyzed(name)(proposal(), ports(changes=[Says(name, answer)]), reading())
    assert (check.name, check.verdict, check.breaking) == (name, verdict, breaking)
    assert words in check.reason


def test_a_persons_version_goes_through_the_same_layers() -> None:
    wanted = proposal(b"bad(1)  # x\n", b"good(1)\n", writer="person")
    (result,) = Validator(rulebook=Words())(wanted, ports(changes=CLEAN))
    assert isinstance(result, Validated)
    assert [check.name for check in result.checks if check.verdict is Verdict.WARN] == ["comments-kept"]
    worse = msgspec.structs.replace(wanted, change=proposal(b"bad(1)  # x\n", b"bad(2)\n").change)
    (result,) = Validator(rulebook=Words())(worse, ports())
    assert isinstance(result, Dropped)
