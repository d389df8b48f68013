"""What may be undone, and when: nothing is taken from under a person's feet, and no undo is recorded that was none."""

import json

import pytest
from repositories import snapshot
from shops import Shop
from test_bad_input_git import moved

IMPROVE = ("improve", "src", "--rule", "not-in", "--auto-approve-safe")
BRANCH = "auto/improve-src"


def runs(kiosk: Shop, command: str) -> list[str]:
    rows = json.loads(kiosk.run("status", "--format", "json").out)["runs"]
    return [row["workflow"]["id"] for row in rows if row["workflow"]["command"] == command]


@pytest.mark.parametrize("linked", [False, True], ids=["here", "in-a-linked-work-tree"])
def test_a_branch_that_is_checked_out_is_not_removed(kiosk: Shop, linked: bool) -> None:
    assert kiosk.run(*IMPROVE).code == 0
    place = kiosk.root.with_name("linked") if linked else kiosk.root
    kiosk.git(*(("worktree", "add", "-q", str(place), BRANCH) if linked else ("checkout", "-q", BRANCH)))
    tip, before = kiosk.git("rev-parse", BRANCH), snapshot(kiosk.root)
    for wanted in ((), ("--commit", tip)):
        answer = kiosk.run("rollback", *wanted)
        assert answer.code == 2
        assert f"{BRANCH} is checked out, so it is neither moved nor removed" in answer.err
        assert str(place) in answer.err
    assert moved(before, kiosk) == set()
    assert kiosk.run("rollback", "--undo").code == 2, "nothing was undone that could be taken back"
    kiosk.git(*(("worktree", "remove", str(place)) if linked else ("checkout", "-q", "main")))
    assert kiosk.run("rollback").code == 0
    assert kiosk.run("rollback", "--undo").code == 0
    assert kiosk.git("rev-parse", BRANCH) == tip


def test_a_run_that_landed_nothing_has_nothing_to_undo(kiosk: Shop) -> None:
    assert kiosk.run("improve", "src").code == 1
    answer = kiosk.run("rollback", runs(kiosk, "improve")[0])
    assert answer.code == 2
    assert "put nothing on a branch" in answer.err


def test_a_branch_in_the_way_of_ours_is_named(kiosk: Shop) -> None:
    kiosk.git("branch", "auto")
    answer = kiosk.run(*IMPROVE)
    assert answer.code == 2
    assert "the branch auto stands in the way" in answer.err
    kiosk.git("branch", "-m", "auto", "mine")
    kiosk.git("branch", f"{BRANCH}/deeper")
    answer = kiosk.run(*IMPROVE)
    assert answer.code == 0, answer.err
    assert f"2 changes on {BRANCH}-2" in answer.err


def test_a_branch_that_the_person_removed_is_said_to_be_gone(kiosk: Shop) -> None:
    assert kiosk.run(*IMPROVE).code == 0
    tip = kiosk.git("rev-parse", BRANCH)
    kiosk.git("branch", "-D", BRANCH)
    answer = kiosk.run("rollback")
    assert answer.code == 2
    assert f"{BRANCH} is gone: somebody removed it" in answer.err
    kiosk.git("branch", BRANCH, tip[:12])
    assert kiosk.run("rollback").code == 0
