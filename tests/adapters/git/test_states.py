"""In every state and with every hostile setting: nothing of the user's changes, nothing is executed."""

from pathlib import Path

import pytest
from repositories import APP, SOURCE, STATES, difference, folders_of, git, make_hostile, snapshot

from autonomous.adapters.git.export import export
from autonomous.ports.git import CommitStep, RefUpdate

BRANCH = "refs/heads/auto/fix"
_FOLDERS = ("refs/heads/auto", "logs", "logs/refs", "logs/refs/heads", "logs/refs/heads/auto")
FIXED = SOURCE.replace(b"os.system('ls ' + name)", b"os.listdir(name)")


@pytest.mark.parametrize("name", STATES)
def test_a_change_lands_and_nothing_else_moves(name, opened, tmp_path):
    root = STATES[name](tmp_path / "user")
    folders = folders_of(root)
    objects = Path(git(root, "rev-parse", "--path-format=absolute", "--git-path", "objects"))
    marker = tmp_path / "executed"
    make_hostile(root, marker=marker)
    before = snapshot(*folders)

    repository = opened(root)
    base = repository.head().commit
    assert repository.obstacles() == ()
    repository.uncommitted(base, [APP, "README.md", "src/other.py"])
    assert repository.tree(base).read(APP) == SOURCE
    steps = [
        CommitStep({APP: FIXED}, "fix: one\n\nWhy.\n"),
        CommitStep({"src/new.py": b"n = 1\n"}, "feat: two\n"),
    ]
    first, second = repository.stack(base, steps)
    export(repository.tree(second), into=tmp_path / "copy", overlay={"src/more.py": b""})
    repository.update_refs([RefUpdate(BRANCH, "", second)])

    after = snapshot(*folders)
    common = repository.common_dir
    ours = {str(common / place) for place in (BRANCH, f"logs/{BRANCH}", *_FOLDERS)}
    moved = {path for path in difference(before, after) if path not in ours}
    assert {path for path in moved if not path.startswith(f"{objects}/")} == set()
    for path in moved & before.keys():  # git touches an object that it would have written again
        assert before[path]._replace(mtime_ns=0) == after[path]._replace(mtime_ns=0)
    assert not marker.exists(), marker.read_text()

    assert git(root, "-c", "core.fsmonitor=false", "rev-parse", "auto/fix~1") == first
    assert repository.tree(second).read(APP) == FIXED
    assert (tmp_path / "copy" / APP).read_bytes() == FIXED
    assert repository.changed_paths(base, second) == (APP, "src/new.py")
    assert repository.contains(first, tip=second)
    assert not repository.contains(second, tip=first)
    git(root, "fsck", "--strict", second)
    mode = git(root, "ls-tree", base, APP).split()[0]
    assert git(root, "ls-tree", second, APP).split()[0] == mode


@pytest.mark.parametrize(
    "command", [("status",), ("diff",), ("add", "--all"), ("update-ref", BRANCH, "HEAD")]
)
def test_the_trap_works(command, tmp_path):
    root = STATES["plain"](tmp_path / "user")
    (root / APP).write_bytes(FIXED)
    marker = tmp_path / "executed"
    make_hostile(root, marker=marker)
    git(root, *command, check=False)
    assert marker.exists()
