"""Evidence, doubts and scores stand under their labels; what was not proved is never called proved."""

import cli_samples

from autonomous.cli.render import evidence
from autonomous.model.check import Check, Verdict


def plain(lines) -> list[str]:
    return [line.plain for line in lines]


def test_a_cleared_change() -> None:
    assert plain(evidence.cleared(cli_samples.cleared(), width=80)) == [
        "   why       the shell would run whatever stands in `name`",
        "   brings    a file name is only a file name",
        "   careful   check=True is new: a failing tar now raises CalledProcessError",
        "   evidence  finding gone · types ok · 4 tests run this line: pass",
        "   careful   api: archive can raise (breaking)",
        "   unproved  format: no formatter is configured",
        "   scores    security 1.00 · quality 0.97 · risk 0.18",
        "   gate      a person decides: the fix asks for review",
    ]


def test_a_refused_change() -> None:
    assert plain(evidence.refused(cli_samples.dropped(), width=80)) == [
        "   refused   validator: mypy reports a new error",
        "   refused   types: mypy reports a new error",
    ]


def test_long_reasons_go_on_below_their_label() -> None:
    checks = [Check("types", Verdict.WARN, "word " * 30)]
    lines = plain(evidence.verdicts(checks, width=60))
    assert lines[0].startswith("   careful   types: word")
    assert all(line.startswith(" " * 13) for line in lines[1:])
    assert max(map(len, lines)) <= 60


def test_nothing_passed_is_no_evidence() -> None:
    assert plain(evidence.verdicts([], width=80)) == []
    assert plain(evidence.labelled("why", "  ", width=80)) == []


def test_reasons_are_escaped() -> None:
    lines = plain(
        evidence.verdicts(
            [Check("x", Verdict.PASS, "a\x1b[2J"), Check("y", Verdict.VETO, "\u202e")], width=80
        )
    )
    assert lines == ["   evidence  a\\x1b[2J", "   refused   y: \\u202e"]
