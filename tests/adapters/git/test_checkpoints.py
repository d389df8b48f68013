"""A checkpoint brings every byte back, and going back loses nothing either."""

import os
import stat
from pathlib import Path

import pytest
from repositories import APP, STATES, folders_of, git, make_hostile, snapshot, write

from autonomous.adapters.files.ignore import IgnoreRules
from autonomous.adapters.git.checkpoints import GitCheckpoints


@pytest.fixture
def checkpoints(opened, clock):
    def of(root: Path) -> GitCheckpoints:
        return GitCheckpoints(
            opened(root), clock=clock, ignores=lambda top, also: IgnoreRules(top, also=[also])
        )

    return of


def work_tree(root: Path) -> dict[str, object]:
    seen = snapshot(root)
    return {path: entry for path, entry in seen.items() if not path.startswith(f"{root}/.git/")}


def git_state(root: Path) -> tuple[object, ...]:
    git_dir = Path(git(root, "rev-parse", "--path-format=absolute", "--git-dir"))
    refs = git(root, "for-each-ref", "--format=%(refname) %(objectname) %(symref)")
    return (git_dir / "index").read_bytes(), (git_dir / "HEAD").read_bytes(), refs


def logs(root: Path) -> dict[Path, bytes]:
    common = Path(git(root, "rev-parse", "--path-format=absolute", "--git-common-dir"))
    return {place: place.read_bytes() for place in (common / "logs").rglob("*") if place.is_file()}


def damage(root: Path) -> None:
    """Ruin every file in one of several ways, then let git commit, move and forget things."""
    places = []
    for folder, names, files in os.walk(root):
        names[:] = [name for name in names if Path(folder, name) != root / ".git" and name != "built"]
        places += [Path(folder, name) for name in files if not name.endswith(".log")]
    for number, place in enumerate(sorted(place for place in places if place != root / ".git")):
        ordinary = stat.S_ISREG(place.lstat().st_mode)
        if stat.S_ISFIFO(place.lstat().st_mode):
            continue
        if ordinary and number % 5 == 0:
            place.chmod(0o600)
            place.write_bytes(b"ruined\n")
        elif ordinary and number % 5 == 1:
            place.chmod(0o777)
            os.utime(place, (0, 0))
        elif number % 5 == 2:
            place.unlink()
            place.mkdir()
            (place / "inner").write_bytes(b"")
        elif number % 5 == 3:
            place.unlink()
            place.symlink_to("/etc/passwd")
        else:
            place.unlink()
    write(root, {"later/new.py": "n = 1\n"})
    git(root, "add", "--all", check=False)
    git(root, "commit", "--quiet", "--message", "ruin", check=False)
    for command in (
        "checkout --quiet -b later",
        "branch -D main side feature",
        "stash drop",
        "pack-refs --all",
    ):
        git(root, *command.split(), check=False)


@pytest.mark.parametrize("name", STATES)
def test_every_byte_comes_back(name, checkpoints, tmp_path):
    root = STATES[name](tmp_path / "user")
    files, state, written = work_tree(root), git_state(root), logs(root)
    ours = checkpoints(root)
    made = ours.create(workflow="wf-1", reason="test")
    assert (work_tree(root), git_state(root), logs(root)) == (files, state, written)

    damage(root)
    ruined, ruined_index = work_tree(root), git_state(root)[0]
    assert ruined != files
    restored = ours.restore(made.id)

    assert restored.left_alone == ("refs/heads/later",)
    git(root, "branch", "-D", "later")
    assert work_tree(root) == files
    assert git_state(root) == state
    now = logs(root)
    assert all(now[place].startswith(data) for place, data in written.items()), "a log was cut"
    git(root, "-c", "core.fsmonitor=false", "status")

    undone = ours.restore(restored.before)
    assert work_tree(root) == ruined
    assert git_state(root)[0] == ruined_index
    assert undone.checkpoint == restored.before


@pytest.mark.parametrize("name", ["plain", "crlf", "submodule", "linked-work-tree", "split-index"])
def test_making_and_going_back_runs_nothing(name, checkpoints, tmp_path):
    root = STATES[name](tmp_path / "user")
    folders = folders_of(root)
    marker = tmp_path / "executed"
    make_hostile(root, marker=marker)
    before = snapshot(*folders)
    ours = checkpoints(root)
    made = ours.create(workflow="wf-1", reason="test")
    assert snapshot(*folders) == before
    (root / APP).write_bytes(b"changed = 1\n")
    ours.restore(made.id)
    assert snapshot(*folders) == before
    assert not marker.exists()
