"""What a person reads after each step, and what a program gets in its place."""

import json

import pytest
from shops import Shop

WANTED = ("improve", "src", "--rule", "none-comparison", "--dry-run")


@pytest.fixture
def proposed(kiosk: Shop) -> str:
    """The id of a change that waits, as the dry run shows it."""
    shown = kiosk.run(*WANTED)
    assert shown.code == 1
    heading = next(line for line in shown.out.splitlines() if "src/till.py:10" in line)
    return heading.split()[0]


def test_what_waits_is_named_with_the_id_that_approves_it(kiosk: Shop, proposed: str) -> None:
    assert "next: autonomous approve wf-" in kiosk.run("status").err
    listed = kiosk.run("approve")
    assert listed.out.startswith(proposed)
    assert listed.err.startswith("1 change waiting\n")
    said = kiosk.run("approve", proposed, "--yes").err
    assert said == "1 change approved, 0 refused\n\nnext: autonomous implement\n"
    assert kiosk.run("approve").err == "no change waits for an answer\n"


def test_the_items_of_a_run_are_grouped(kiosk: Shop, proposed: str) -> None:
    run = json.loads(kiosk.run("status", "--format", "json").out)["runs"][0]["workflow"]["id"]
    said = kiosk.run("status", run).out
    assert f"\nwaiting 1\n  {proposed[:8]}  src/till.py:10  " in said


def test_what_would_be_implemented_says_where_and_what(kiosk: Shop, proposed: str) -> None:
    kiosk.run("approve", proposed, "--yes")
    said = kiosk.run("implement", proposed, "--dry-run")
    assert said.out.startswith("\nsrc/till.py:10  ")
    document = json.loads(kiosk.run("implement", "--dry-run", "--format", "json").out)
    assert [one["id"][:12] for one in document["proposals"]] == [proposed]
    assert kiosk.git("branch", "--list", "auto/*") == ""


def test_a_rollback_that_was_taken_back_is_called_that(kiosk: Shop) -> None:
    kiosk.run("improve", "src", "--auto-approve-safe")
    assert kiosk.run("rollback").code == 0
    assert "has its 2 commits again" in kiosk.run("rollback", "--undo").out
    rows = [line.split() for line in kiosk.run("status").out.splitlines()]
    assert [row[1:4] for row in rows if "rollback" in row] == [
        ["rollback", "undo", "done"],
        ["rollback", "taken", "back"],
    ]


def test_too_few_lines_run_are_said(kiosk: Shop) -> None:
    (kiosk.root / "tests").mkdir()
    (kiosk.root / "tests" / "test_till.py").write_text(
        "import sys\nsys.path.insert(0, 'src')\nfrom till import first\n\n\ndef test_first():\n    assert first([2, 1]) == 1\n"
    )
    kiosk.commit_all("Test it")
    said = kiosk.run("test", "--coverage-threshold", "99.5")
    assert said.code == 4
    assert "of the lines are run, 99.5 % were asked for" in said.out
    assert "asked for" not in kiosk.run("test", "--coverage-threshold", "10").out


def test_a_new_rule_says_what_it_lacks(kiosk: Shop) -> None:
    made = kiosk.run("rules", "new", "correctness/mine")
    assert made.err.endswith("next: autonomous rules test mine\n")
    said = kiosk.run("rules", "test", "mine")
    assert said.code == 4
    assert said.err == "2 cases of 1 rule: 4 complaints\n"
    document = json.loads(kiosk.run("rules", "test", "mine", "--format", "json").out)
    assert document["cases"] == 2
    assert {one["rule"] for one in document["complaints"]} == {"AUT900"}
    other = json.loads(kiosk.run("rules", "new", "style/other", "--format", "json").out)
    assert other["folder"].endswith("style/other")


def test_pages_and_trust_are_told_to_programs_too(kiosk: Shop) -> None:
    kiosk.run("rules", "new", "correctness/mine")
    for action, folder in (("trust", ".autonomous/rules/correctness/mine"), ("docs", "pages")):
        document = json.loads(kiosk.run("rules", action, folder, "--format", "json").out)
        assert document["folder"] == folder
    assert (kiosk.root / "pages" / "README.md").is_file()


def test_every_case_of_a_rule_holds(kiosk: Shop) -> None:
    said = kiosk.run("rules", "test", "none-comparison")
    assert said.code == 0
    assert said.err.endswith("of 1 rule: everything holds\n")
