"""Repositories that cannot be worked on now, or only in part: each is told from the others, and nothing is lost."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from repositories import difference, snapshot
from shops import SHOP, Shop
from telling import assert_decent, assert_told

NEED_A_REPOSITORY = (
    ("improve",),
    ("propose", "12345678"),
    ("validate", "12345678"),
    ("approve",),
    ("implement",),
    ("test",),
    ("rollback",),
    ("status",),
    ("audit",),
    ("checkpoints",),
    ("checkpoints", "create"),
)


def moved(before: dict, shop: Shop) -> set[str]:
    """Return everything but our own branches and objects that is not as it was."""
    ours = (".git/refs/heads/auto", ".git/logs/refs/heads/auto", ".git/objects")
    return {
        path for path in difference(before, snapshot(shop.root)) if not any(name in path for name in ours)
    }


@pytest.mark.parametrize("command", NEED_A_REPOSITORY, ids=" ".join)
def test_outside_of_a_repository(empty: Shop, command: tuple[str, ...]) -> None:
    shutil.copy(SHOP / "src/shop/basket.py", empty.root)
    before = snapshot(empty.root)
    answer = empty.run(*command)
    assert_told(answer, "this is not a git repository", str(empty.root), "git init", code=2)
    assert moved(before, empty) == set()
    assert list(Path(empty.environ["XDG_STATE_HOME"]).rglob("*")) == []


def test_scan_works_outside_of_a_repository_and_says_what_improve_needs(empty: Shop) -> None:
    shutil.copy(SHOP / "src/shop/basket.py", empty.root)
    answer = empty.run("scan", "--rule", "not-in")
    assert answer.code == 1
    assert "1 finding in 1 of 1 file" in answer.out
    assert "git init" in answer.err
    for command in ("security-scan", "rules", "doctor", "init"):
        assert_decent(empty.run(command))


@pytest.mark.parametrize(
    "command",
    [command for command in NEED_A_REPOSITORY if command[0] in {"improve", "approve", "test", "rollback"}],
    ids=" ".join,
)
def test_before_the_first_commit(empty: Shop, command: tuple[str, ...]) -> None:
    empty.git("init", "-q")
    shutil.copy(SHOP / "src/shop/basket.py", empty.root)
    before = snapshot(empty.root)
    answer = empty.run(*command)
    assert_told(answer, "there is no commit yet in this repository", "git commit", "autonomous scan", code=2)
    assert moved(before, empty) == set()


def test_what_works_before_the_first_commit(empty: Shop) -> None:
    empty.git("init", "-q")
    shutil.copy(SHOP / "src/shop/basket.py", empty.root)
    assert empty.run("scan", "--rule", "not-in").code == 1
    assert empty.run("status").code == 0
    assert empty.run("checkpoints", "create").code == 0
    assert_told(empty.run("implement"), "no approved change", "autonomous approve", code=2)


def test_a_detached_head_is_no_obstacle(kiosk: Shop) -> None:
    kiosk.git("checkout", "-q", "--detach")
    before = snapshot(kiosk.root)
    answer = kiosk.run("improve", "src", "--rule", "not-in", "--auto-approve-safe")
    assert answer.code == 0, answer.err
    head = kiosk.git("rev-parse", "HEAD")
    assert f"git log -p {head[:12]}..auto/improve-src" in answer.err
    assert "wanted not in items" in kiosk.git("show", "auto/improve-src:src/till.py")
    assert moved(before, kiosk) == set()


# --- something else is under way --------------------------------------------------------------------------


def rebase(shop: Shop) -> None:
    conflicting(shop, "rebase", "side")


def merge(shop: Shop) -> None:
    conflicting(shop, "merge", "side")


def cherry_pick(shop: Shop) -> None:
    conflicting(shop, "cherry-pick", "side")


def bisect(shop: Shop) -> None:
    (shop.root / "more.py").write_text("more = 1\n")
    shop.commit_all("more")
    shop.git("bisect", "start", "HEAD", "HEAD~1")


def conflicting(shop: Shop, *command: str) -> None:
    shop.git("checkout", "-q", "-b", "side")
    (shop.root / "src/till.py").write_text("theirs = 1\n")
    shop.commit_all("theirs")
    shop.git("checkout", "-q", "main")
    (shop.root / "src/till.py").write_text("ours = 1\n")
    (shop.root / "src/sound.py").write_text("def lacks(items, wanted):\n    return not wanted in items\n")
    shop.commit_all("ours")
    with pytest.raises(Exception, match="returned non-zero exit status"):
        shop.git(*command)


@pytest.mark.parametrize(
    ("begin", "what", "leave"),
    [
        (rebase, "a rebase is under way in this repository", "git rebase --abort"),
        (merge, "a merge is under way in this repository", "git merge --abort"),
        (cherry_pick, "a cherry-pick is under way in this repository", "git cherry-pick --abort"),
        (bisect, "a bisect is under way in this repository", "git bisect reset"),
    ],
)
def test_half_finished_work_is_not_built_upon(
    kiosk: Shop, begin: Callable[[Shop], None], what: str, leave: str
) -> None:
    begin(kiosk)
    before = snapshot(kiosk.root)
    for command in (("improve", "src"), ("rollback",)):
        answer = kiosk.run(*command)
        assert_told(
            answer, what, leave, "then run this again. Nothing was changed. `autonomous scan` works", code=2
        )
    scan = kiosk.run("scan", "src", "--rule", "not-in")
    assert scan.code == (1 if begin is bisect else 3), "conflict markers are not Python"
    assert "not-in" in scan.out
    assert kiosk.run("checkpoints", "create").code == 0
    assert moved(before, kiosk) == set()


def test_a_foreign_lock_is_waited_for_by_the_person(kiosk: Shop) -> None:
    lock = kiosk.root / ".git/index.lock"
    lock.write_bytes(b"")
    before = snapshot(kiosk.root)
    answer = kiosk.run("improve", "src")
    assert_told(answer, "another git command is at work", str(lock), "remove that file", code=2)
    assert moved(before, kiosk) == set()


# --- work that is not committed -----------------------------------------------------------------------------


def test_files_with_uncommitted_changes_are_left_out_and_named(kiosk: Shop) -> None:
    edited = kiosk.root / "src/more.py"
    edited.write_text("def lacks(items, wanted):\n    return not wanted in items\n")
    kiosk.commit_all("more")
    edited.write_text("def lacks(items, wanted):\n    return not wanted in items  # half-finished\n")
    before = snapshot(kiosk.root)
    answer = kiosk.run("improve", "src", "--rule", "not-in", "--auto-approve-safe")
    assert answer.code == 0, answer.err
    assert "left out: src/more.py has uncommitted changes" in answer.err
    assert kiosk.git("diff", "--name-only", "main", "auto/improve-src") == "src/till.py"
    assert moved(before, kiosk) == set()


def test_nothing_is_left_when_every_file_has_uncommitted_changes(kiosk: Shop) -> None:
    (kiosk.root / "src/till.py").write_text("half = 'finished'\n")
    before = snapshot(kiosk.root)
    answer = kiosk.run("improve", "src", "--format", "json")
    assert_told(answer, "every target file has uncommitted changes", "commit or stash your work", code=2)
    error = json.loads(answer.out)["error"]
    assert error["exit_code"] == 2
    assert error["what"] in answer.err
    assert moved(before, kiosk) == set()


def test_a_new_file_is_not_part_of_the_commit(kiosk: Shop) -> None:
    (kiosk.root / "fresh").mkdir()
    (kiosk.root / "fresh/new.py").write_text("x = 1\n")
    answer = kiosk.run("improve", "fresh")
    assert_told(answer, "no Python file of the last commit", "fresh", "commit the files first", code=2)


def test_files_that_are_no_python_are_not_read_by_improve(kiosk: Shop) -> None:
    (kiosk.root / "README.md").write_text("# not python (\n")
    (kiosk.root / "LICENSE").write_text("do as you like (\n")
    kiosk.commit_all("words")
    answer = kiosk.run("improve", "--rule", "not-in", "--auto-approve-safe", "--format", "json")
    assert answer.code == 0, answer
    assert json.loads(answer.out)["unreadable"] == []
