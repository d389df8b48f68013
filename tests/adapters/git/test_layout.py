"""Finding a repository by looking at its root alone, and refusing those that lead elsewhere."""

import os
from pathlib import Path

import pytest
from repositories import STATES, git, plain, write

from autonomous.adapters.git.layout import _own, discover, open_layout, read_small
from autonomous.model.errors import Refused


def test_the_root_is_found_from_anywhere_inside(tmp_path):
    root = plain(tmp_path / "user")
    assert discover(root / "src" / "app.py") == root
    assert discover(root / "src") == root
    (tmp_path / "link").symlink_to(root / "src")
    assert discover(tmp_path / "link") == root


def test_outside_of_any_repository(tmp_path):
    (tmp_path / "some/.git").mkdir(parents=True)
    assert discover(tmp_path / "some") is None


def test_an_empty_git_folder_is_passed_by(tmp_path):
    root = plain(tmp_path / "user")
    (root / "src/.git").mkdir()
    assert discover(root / "src") == root


def test_linked_work_trees_share_the_common_directory(tmp_path):
    root = STATES["linked-work-tree"](tmp_path / "user")
    layout = open_layout(root)
    assert layout.root == root
    assert layout.common_dir == tmp_path / "user-main/.git"
    assert layout.git_dir == tmp_path / "user-main/.git/worktrees/user"
    assert open_layout(tmp_path / "user-main").common_dir == layout.common_dir


def test_a_link_in_place_of_git_is_refused(tmp_path):
    root = plain(tmp_path / "user")
    (tmp_path / "evil").mkdir()
    (tmp_path / "evil/.git").symlink_to(root / ".git")
    with pytest.raises(Refused, match="is a symbolic link") as caught:
        discover(tmp_path / "evil")
    assert str(tmp_path / "evil/.git") in caught.value.detail


@pytest.mark.parametrize("name", ["objects", "objects/pack", "refs", "refs/heads", "logs"])
def test_links_inside_of_the_git_directory_are_refused(name, tmp_path):
    root = plain(tmp_path / "user")
    (root / ".git" / name).rename(tmp_path / "moved")
    (root / ".git" / name).symlink_to(tmp_path / "moved")
    with pytest.raises(Refused, match="is a symbolic link"):
        discover(root)


def test_another_owners_repository_is_refused(tmp_path):
    root = plain(tmp_path / "user")
    foreign = root / ".git"
    if os.geteuid() == 0:
        os.chown(foreign, 65534, -1)
        with pytest.raises(Refused, match="belongs to another user"):
            discover(root)
        linked = STATES["linked-work-tree"](tmp_path / "linked")
        os.chown(tmp_path / "linked-main/.git", 65534, -1)
        with pytest.raises(Refused, match="belongs to another user"):
            discover(linked)
    else:  # only root can give a repository away; the root directory is somebody else's already
        with pytest.raises(Refused, match="belongs to another user"):
            _own(Path("/"))


@pytest.mark.parametrize("text", ["gitdir: ../nowhere\n", "rubbish", "", "gitdir: /dev\n"])
def test_a_git_file_that_points_to_nothing(text, tmp_path):
    write(tmp_path / "user", {".git": text})
    with pytest.raises(Refused, match="points to no git directory"):
        discover(tmp_path / "user")


def test_a_work_tree_kept_elsewhere_is_refused(tmp_path):
    root = plain(tmp_path / "user")
    git(root, "config", "core.worktree", "/elsewhere")
    with pytest.raises(Refused, match="keeps its work tree elsewhere"):
        open_layout(root)


def test_no_repository_at_all(tmp_path):
    with pytest.raises(Refused, match="this is not a git repository"):
        open_layout(tmp_path)
    root = plain(tmp_path / "user")
    (root / ".git/objects").rename(tmp_path / "objects")
    with pytest.raises(Refused, match="has no objects"):
        open_layout(root)


def test_small_files_are_read_without_following_or_waiting(tmp_path):
    write(tmp_path, {"file": "text", "folder/x": ""})
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("file")
    assert read_small(tmp_path / "file") == "text"
    assert [read_small(tmp_path / name) for name in ("pipe", "folder", "gone", "file/below")] == [""] * 4
    with pytest.raises(Refused, match="`link` cannot be read"):
        read_small(tmp_path / "link")
