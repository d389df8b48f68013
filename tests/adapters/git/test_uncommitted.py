"""What counts as unfinished work: anything in the index or the work tree that the commit does not have."""

import os

import pytest
from repositories import APP, SOURCE, STATES, git, plain, write

OTHER = "src/other.py"


def touched(root):
    os.utime(root / OTHER)


def staged_only(root):
    write(root, {OTHER: "x = 2\n"})
    git(root, "add", OTHER)
    write(root, {OTHER: "x = 1\n"})


def link_instead(root):
    (root / OTHER).unlink()
    (root / OTHER).symlink_to("app.py")


def folder_is_a_link(root):
    (root / "src").rename(root / "moved")
    (root / "src").symlink_to("moved")


def conflicting(root):
    oid = git(root, "rev-parse", f"HEAD:{OTHER}")
    lines = "".join(f"100644 {oid} {stage}\t{OTHER}\n" for stage in (1, 2, 3))
    git(root, "update-index", "--force-remove", OTHER)
    git(root, "update-index", "--index-info", stdin=lines.encode())


def intended(root):
    git(root, "rm", "--quiet", "--cached", OTHER)
    git(root, "add", "--intent-to-add", OTHER)


CLEAN = {
    "nothing": lambda root: None,
    "touched": touched,
    "crlf": lambda root: write(root, {OTHER: b"x = 1\r\n"}),
    "executable in the work tree": lambda root: (root / OTHER).chmod(0o755),
}
DIRTY = {
    "edited": lambda root: write(root, {OTHER: "x = 2\n"}),
    "edited and added": lambda root: (write(root, {OTHER: "x = 2\n"}), git(root, "add", OTHER)),
    "staged only": staged_only,
    "deleted": lambda root: (root / OTHER).unlink(),
    "removed from the index": lambda root: git(root, "rm", "--quiet", "--cached", OTHER),
    "mode staged": lambda root: git(root, "update-index", "--chmod=+x", OTHER),
    "link instead": link_instead,
    "folder is a link": folder_is_a_link,
    "conflict": conflicting,
    "intent to add": intended,
    "no index": lambda root: (root / ".git/index").unlink(),
}


@pytest.mark.parametrize("name", CLEAN)
def test_committed(name, opened, tmp_path):
    root = plain(tmp_path / "user")
    CLEAN[name](root)
    repository = opened(root)
    assert repository.uncommitted(repository.head().commit, [OTHER, APP, "never.py"]) == ()


@pytest.mark.parametrize("name", DIRTY)
def test_not_committed(name, opened, tmp_path):
    root = plain(tmp_path / "user")
    DIRTY[name](root)
    repository = opened(root)
    assert repository.uncommitted(repository.head().commit, [OTHER]) == (OTHER,)


def test_a_file_the_commit_does_not_have(opened, tmp_path):
    root = plain(tmp_path / "user")
    write(root, {"new.py": ""})
    repository = opened(root)
    assert repository.uncommitted(repository.head().commit, ["new.py"]) == ("new.py",)
    older = repository.resolve("HEAD~1")
    assert repository.uncommitted(older, [OTHER, APP]) == (OTHER,)


def test_the_index_vouches_for_what_a_filter_wrote(opened, tmp_path):
    root = plain(tmp_path / "user")
    write(root, {".git/info/attributes": "*.py filter=upper\n"})
    git(root, "config", "filter.upper.smudge", "tr a-z A-Z")
    git(root, "config", "filter.upper.clean", "tr A-Z a-z")
    (root / APP).unlink()
    git(root, "checkout", "--quiet", "--", APP)
    assert (root / APP).read_bytes() == SOURCE.upper()
    older = (root / APP).stat().st_mtime_ns
    os.utime(root / ".git/index", ns=(older + 10**9, older + 10**9))
    repository = opened(root)
    head = repository.head().commit
    assert repository.uncommitted(head, [APP]) == ()
    os.utime(root / ".git/index", ns=(older, older))
    assert repository.uncommitted(head, [APP]) == (APP,), "a file as young as the index proves nothing"


def test_files_left_out_by_a_sparse_checkout(opened, tmp_path):
    root = STATES["sparse"](tmp_path / "user")
    repository = opened(root)
    assert not (root / "big").exists()
    assert repository.uncommitted(repository.head().commit, ["big/data.py", APP]) == ()
