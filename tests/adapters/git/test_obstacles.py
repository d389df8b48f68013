"""Each state in which nothing may be written has its words; other states are no obstacle."""

import pytest
from repositories import STATES, commit, git, plain, write

from autonomous.model.errors import Refused


def conflict(root):
    plain(root)
    git(root, "checkout", "--quiet", "-b", "other")
    commit(root, {"src/other.py": "x = 'other'\n"})
    commit(root, {"src/other.py": "x = 'other again'\n"})
    git(root, "checkout", "--quiet", "main")
    commit(root, {"src/other.py": "x = 'main'\n"})
    return root


def mailed_patch(root):
    patch = git(root, "format-patch", "--stdout", "-1", "other") + "\n"
    git(root, "am", stdin=patch.encode(), check=False)


CASES = {
    "a merge is under way": lambda root: git(root, "merge", "other", check=False),
    "a rebase is under way": lambda root: git(root, "rebase", "other", check=False),
    "a rebase is  under way": lambda root: git(root, "rebase", "--apply", "other", check=False),
    "an application of mailed patches (git am) is under way": mailed_patch,
    "a cherry-pick is under way": lambda root: git(root, "cherry-pick", "other", check=False),
    "a revert is under way": lambda root: git(root, "revert", "--no-edit", "other~1", check=False),
    "a cherry-pick or revert is under way": lambda root: (
        git(root, "cherry-pick", "other~1", "other", check=False),
        git(root, "reset", "--quiet", "--hard"),
        (root / ".git/CHERRY_PICK_HEAD").unlink(missing_ok=True),
    ),
    "a bisect is under way": lambda root: git(root, "bisect", "start", "HEAD", "HEAD~1"),
    "another git command is at work": lambda root: (root / ".git/index.lock").touch(),
}


@pytest.mark.parametrize("what", CASES)
def test_an_operation_under_way(what, opened, tmp_path):
    root = conflict(tmp_path / "user")
    CASES[what](root)
    (obstacle,) = opened(root).obstacles()
    assert obstacle.what == " ".join(what.split()) + " in this repository"
    assert obstacle.why
    assert "then run this again" in obstacle.hint
    if "index.lock" in obstacle.why:
        assert (root / ".git/index.lock").exists(), "a foreign lock is never deleted"


def test_an_operation_in_another_work_tree_is_none_of_ours(opened, tmp_path):
    root = STATES["linked-work-tree"](tmp_path / "user")
    write(tmp_path / "user-main", {".git/MERGE_HEAD": "0" * 40})
    assert opened(root).obstacles() == ()


def test_no_commit_yet(opened, tmp_path):
    root = tmp_path / "user"
    root.mkdir()
    git(root, "init", "--quiet")
    repository = opened(root)
    (obstacle,) = repository.obstacles()
    assert obstacle.what == "there is no commit yet in this repository"
    assert repository.head().commit == ""
    assert repository.head().branch == "refs/heads/main"


def test_a_partial_clone_counts_only_when_objects_are_missing(opened, tmp_path):
    origin = plain(tmp_path / "origin")
    git(origin, "config", "uploadpack.allowFilter", "true")
    options = ("--quiet", "--filter=blob:none", f"file://{origin}")
    git(tmp_path, "clone", *options, str(tmp_path / "whole"))
    git(tmp_path, "clone", "--no-checkout", *options, str(tmp_path / "holes"))
    assert opened(tmp_path / "whole").obstacles() == ()
    (obstacle,) = opened(tmp_path / "holes").obstacles()
    assert obstacle.what == "this is a partial clone, and objects of HEAD are missing"


def test_refs_in_a_table(opened, tmp_path):
    root = plain(tmp_path / "user")
    git(root, "config", "core.repositoryFormatVersion", "1")
    git(root, "config", "extensions.refStorage", "reftable")
    repository = opened(root)
    (obstacle,) = repository.obstacles()
    assert "reftable" in obstacle.what
    with pytest.raises(Refused, match="reftable"):
        repository.head()
