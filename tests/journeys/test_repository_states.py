"""Every state a repository can be in, with every hostile setting: each command, and nothing of the user's moves."""

import json
from pathlib import Path

import pytest
from repositories import APP, STATES, Seen, difference, folders_of, git, make_hostile, snapshot
from shops import Shop, environment
from telling import assert_decent

BRANCH = "auto/improve"
LEFT_OVER = {"special-files"}  # a pipe that is called *.py is told, with exit code 3


def theirs(before: dict[str, Seen], root: Path, folders: tuple[Path, ...]) -> set[str]:
    """Return what a person would call theirs and finds changed; git touches objects that it has already."""
    objects = git(root, "rev-parse", "--path-format=absolute", "--git-path", "objects")
    common = git(root, "rev-parse", "--path-format=absolute", "--git-common-dir")
    ours = tuple(
        f"{common}/{name}"
        for name in ("refs/heads/auto", "logs/refs/heads/auto", "refs/autonomous", "logs/refs/autonomous")
    )
    shared = {f"{common}/logs{tail}/." for tail in ("", "/refs", "/refs/heads")}
    after = snapshot(*folders)
    changed = {path for path in difference(before, after) if not path.startswith(ours) and path not in shared}
    return {
        path
        for path in changed
        if not path.startswith(f"{objects}/")
        or (path in before and before[path]._replace(mtime_ns=0) != after[path]._replace(mtime_ns=0))
    }


@pytest.mark.parametrize("name", STATES)
def test_every_command_leaves_everything_as_it_was(name: str, tmp_path: Path, warm: Path) -> None:
    root = STATES[name](tmp_path / "user")
    folders = folders_of(root)
    marker = tmp_path / "executed"
    make_hostile(root, marker=marker)
    shop = Shop(root, environment(tmp_path) | {"XDG_CACHE_HOME": str(warm)})
    before = snapshot(*folders)

    scan = shop.run("scan", "--rule", "not-in", "--format", "json")
    assert scan.code == (3 if name in LEFT_OVER else 1), scan
    assert APP in {finding["path"] for finding in json.loads(scan.out)["findings"]}
    improve = shop.run("improve", "--rule", "not-in", "--auto-approve-safe", "--format", "json")
    assert improve.code == 0, improve
    assert [item["outcome"] for item in json.loads(improve.out)["outcomes"]] == ["landed"]
    assert json.loads(improve.out)["tests"]["status"] == "completed"
    others = [
        shop.run("status"),
        shop.run("audit", "--verify"),
        shop.run("checkpoints", "create"),
        shop.run("doctor"),
    ]
    assert [answer.code for answer in others] == [0] * len(others), others
    assert theirs(before, root, folders) == set()

    changed = git(root, "-c", "core.fsmonitor=false", "--no-pager", "cat-file", "blob", f"{BRANCH}:{APP}")
    assert "return name not in items" in changed
    undone = shop.run("rollback")
    assert undone.code == 0, undone
    for answer in (scan, improve, *others, undone):
        assert_decent(answer)
    assert theirs(before, root, folders) == set()
    assert not marker.exists(), marker.read_text()


def test_the_other_commands_too(tmp_path: Path, warm: Path) -> None:
    root = STATES["staged-unstaged-untracked-ignored"](tmp_path / "user")
    folders = folders_of(root)
    marker = tmp_path / "executed"
    make_hostile(root, marker=marker)
    shop = Shop(root, environment(tmp_path) | {"XDG_CACHE_HOME": str(warm)})
    before = snapshot(*folders)
    finding = next(
        f
        for f in json.loads(shop.run("scan", "--format", "json").out)["findings"]
        if (f["name"], f["path"]) == ("not-in", APP)
    )
    proposed = shop.run("propose", finding["fingerprint"], "--format", "json")
    proposal = json.loads(proposed.out)["proposals"][0]["id"]
    answers = [
        proposed,
        shop.run("security-scan"),
        shop.run("validate", proposal),
        shop.run("approve", proposal, "--yes"),
        shop.run("implement", "--dry-run"),
        shop.run("implement"),
        shop.run("test"),
        shop.run("checkpoints"),
        shop.run("audit"),
        shop.run("rules"),
    ]
    assert [answer.code for answer in answers] == [0, 1, 0, 0, 0, 0, 0, 0, 0, 0], answers
    for answer in answers:
        assert_decent(answer)
    assert theirs(before, root, folders) == set()
    assert not marker.exists(), marker.read_text()
