"""What ignore comments are judged by follows the settings and the wishes of a scan, as rules do."""

from pathlib import Path

import pytest

from autonomous.model.kinds import Category, Severity
from autonomous.rulebook.faults import UnknownRule
from autonomous.ruleset import Ruleset
from autonomous.settings import Settings
from autonomous.settings_schema import RuleSettings
from autonomous.stages.ignores import BARE, UNUSED


def judged(place: Path, *, strict: bool = True, categories=(), minimum=None, **rules) -> set[str]:
    ruleset = Ruleset(place, settings=Settings(rules=RuleSettings(**rules)), state=None)
    return set(ruleset.ignores(strict=strict, categories=categories, minimum=minimum))


def test_a_reason_is_asked_for_when_strict(tmp_path: Path) -> None:
    assert judged(tmp_path) == {UNUSED.id, BARE.id}
    assert judged(tmp_path, strict=False) == {UNUSED.id}


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({"categories": [Category.SECURITY]}, set()),
        ({"categories": [Category.SECURITY, Category.STYLE]}, {UNUSED.id, BARE.id}),
        ({"minimum": Severity.LOW}, {UNUSED.id}),
        ({"minimum": Severity.HIGH}, set()),
        ({"severity": Severity.LOW}, {UNUSED.id}),
        ({"disable": ("AUT001",)}, {BARE.id}),
        ({"disable": ("ignore-without-reason",)}, {UNUSED.id}),
        ({"disable": ("style",)}, set()),
        ({"enable": ("security",)}, set()),
        ({"enable": ("unused-ignore", "not-in")}, {UNUSED.id}),
    ],
)
def test_what_is_left_out(tmp_path: Path, asked: dict, left: set[str]) -> None:
    assert judged(tmp_path, **asked) == left


def test_their_names_are_known_to_the_settings(tmp_path: Path) -> None:
    rules = RuleSettings(disable=("AUT001", "ignore-without-reason", "not-in"))
    book = Ruleset(tmp_path, settings=Settings(rules=rules), state=None).active()
    assert "not-in" not in {rule.name for rule in book.rules}
    with pytest.raises(UnknownRule):
        Ruleset(tmp_path, settings=Settings(rules=RuleSettings(disable=("AUT003",))), state=None).active()
