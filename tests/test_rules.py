"""Every rule folder is tried on its own cases: found, rewritten, stable, behaving the same."""

import re
from collections import Counter

import pytest

from autonomous.rulebook import trial
from autonomous.rulebook.book import Rulebook, load
from autonomous.rulebook.case import Case
from autonomous.rulebook.pages import page
from autonomous.rulebook.rule import Rule
from autonomous.rulebook.shelf import shelf

BOOK = load([shelf()])
CASES = [
    pytest.param(rule, case, id=f"{rule.name}/{case.stem}") for rule in BOOK.rules for case in rule.cases
]
RULES = [pytest.param(rule, id=rule.name) for rule in BOOK.rules]


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return BOOK


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_case(book: Rulebook, rule: Rule, case: Case) -> None:
    faults = list(trial.case_faults(book, rule, case))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("rule", RULES)
def test_folder(rule: Rule) -> None:
    faults = list(trial.folder_faults(rule))
    assert not faults, "\n".join(faults)


def test_safe_fixes_keep_the_behaviour_of_their_cases(book: Rulebook) -> None:
    faults = [f"{stem}: {what}" for stem, what in trial.behaviour_faults(book, book.rules)]
    assert not faults, "\n".join(faults)


def test_ids_are_unique_and_well_formed(book: Rulebook) -> None:
    ids = [rule.id for rule in book.rules]
    assert ids
    assert max(Counter(ids).values()) == 1
    assert all(re.fullmatch(r"AUT\d{3}", each) for each in ids)


@pytest.mark.parametrize("rule", RULES)
def test_page(rule: Rule) -> None:
    text = page(rule)
    assert text.startswith(f"# {rule.id} {rule.name}\n")
    assert rule.title in text
    assert text.count("```") % 2 == 0
