"""The tree for tests: a commit's files with changes laid over, in a directory that git does not know."""

import os
import posixpath
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from repositories import APP, SOURCE, STATES, git

from autonomous.adapters.git.export import export, stays_inside
from autonomous.model.errors import Refused


def tree_of(opened, root):
    return opened(root).tree(git(root, "rev-parse", "HEAD"))


def test_files_modes_and_overlay(opened, tmp_path):
    root = STATES["executable-bits"](tmp_path / "user")
    into = tmp_path / "copy"
    old = os.umask(0o077)
    try:
        export(
            tree_of(opened, root),
            into=into,
            overlay={APP: b"new\n", "README.md": None, "src/deep/new.py": b"n"},
        )
    finally:
        os.umask(old)
    found = {
        p.relative_to(into).as_posix(): (oct(p.stat().st_mode & 0o777), p.read_bytes())
        for p in into.rglob("*")
        if p.is_file()
    }
    assert found == {
        ".gitignore": ("0o644", b"*.log\nbuilt/\n"),
        APP: ("0o755", b"new\n"),
        "src/other.py": ("0o644", b"x = 1\n"),
        "src/deep/new.py": ("0o644", b"n"),
        "tests/test_app.py": ("0o644", b"def test(): pass\n"),
        "tool": ("0o755", b"#!/usr/bin/env python3\n"),
    }
    assert stat.S_IMODE(into.stat().st_mode) == 0o700
    assert (root / APP).read_bytes() == SOURCE


def test_links_that_stay_inside(opened, tmp_path):
    root = STATES["links"](tmp_path / "user")
    into = tmp_path / "copy"
    export(tree_of(opened, root), into=into, overlay={})
    links = {p.relative_to(into).as_posix() for p in into.rglob("*") if p.is_symlink()}
    assert links == {"dangling", "inside.py", "folder", "src/deep/up"}
    assert (into / "folder/app.py").read_bytes() == SOURCE


def test_submodules_are_empty(opened, tmp_path):
    root = STATES["submodule"](tmp_path / "user")
    export(tree_of(opened, root), into=tmp_path / "copy", overlay={})
    assert list((tmp_path / "copy/vendored").iterdir()) == []
    assert not (tmp_path / "copy/.git").exists()


@pytest.mark.parametrize("path", ["../x", ".git/x", "folder/x", "inside.py", "/x", "src/app.py/x"])
def test_an_overlay_that_leaves_the_tree(path, opened, tmp_path):
    root = STATES["links"](tmp_path / "user")
    with pytest.raises(Refused, match="cannot be written"):
        export(tree_of(opened, root), into=tmp_path / "copy", overlay={path: b"x"})


def test_only_into_an_empty_directory(opened, tmp_path):
    root = STATES["plain"](tmp_path / "user")
    tree = tree_of(opened, root)
    (tmp_path / "full").mkdir()
    (tmp_path / "full/x").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to("empty")
    for name in ("full", "link"):
        with pytest.raises(Refused, match="is not empty"):
            export(tree, into=tmp_path / name, overlay={})
    export(tree, into=tmp_path / "empty", overlay={"conftest.py": b""})
    assert (tmp_path / "empty/conftest.py").exists()


def test_a_tree_with_git_in_it(opened, tmp_path):
    root = STATES["plain"](tmp_path / "user")
    blob = git(root, "rev-parse", f"HEAD:{APP}")
    inner = git(root, "mktree", stdin=f"100644 blob {blob}\tconfig\n".encode())
    lines = "".join(f"040000 tree {inner}\t{name}\n" for name in (".git", ".GIT", "git~1"))
    tree = git(root, "mktree", stdin=f"{lines}100644 blob {blob}\ta.py\n".encode())
    made = git(root, "commit-tree", tree, "-m", "evil")
    export(opened(root).tree(made), into=tmp_path / "copy", overlay={})
    assert [place.name for place in (tmp_path / "copy").iterdir()] == ["a.py"]


PARTS = st.sampled_from(["..", ".", "a", "b", "l1", "l2", ""])


@given(
    st.dictionaries(
        st.sampled_from(["l1", "l2", "a/l1", "a/b/l2"]), st.lists(PARTS, min_size=1, max_size=6).map("/".join)
    )
)
def test_no_set_of_links_leads_out(targets):
    """Follow every link that may be written, step by step, through all others: the root is never left."""
    links = {path: target for path, target in targets.items() if stays_inside(target, path=path)}
    for path, target in links.items():
        here, steps, waiting = posixpath.dirname(path), 0, target.split("/")
        while waiting and steps < 50:
            steps += 1
            part = waiting.pop(0)
            if part == "..":
                assert here != "", f"{path} leaves the tree: {links}"
                here = posixpath.dirname(here)
            elif part not in {"", "."}:
                below = posixpath.join(here, part)
                if below in links:
                    waiting = links[below].split("/") + waiting
                else:
                    here = below


@pytest.mark.parametrize("target", ["", "/etc", "a\0b", ".git/config", "../x", "a/../../x"])
def test_targets_that_are_refused(target):
    assert not stays_inside(target, path="link")


def test_the_directory_may_exist_only_as_a_directory(opened, tmp_path):
    root = STATES["plain"](tmp_path / "user")
    Path(tmp_path / "file").touch()
    with pytest.raises(FileExistsError):
        export(tree_of(opened, root), into=tmp_path / "file", overlay={})
