"""Stacking commits in blob space: exact bytes, modes kept, forbidden paths refused before anything is written."""

import pytest
from repositories import APP, STATES, commit, git, plain, snapshot, write

from autonomous.model.errors import Refused
from autonomous.ports.git import CommitStep


def test_a_stack_of_commits(opened, tmp_path):
    root = STATES["executable-bits"](tmp_path / "user")
    repository = opened(root)
    base = repository.head().commit
    steps = [
        CommitStep({APP: b"one\r\n\xff", "src/new/deep.py": b""}, "first: añ\n\nBody.\n\nTrailer: x\n"),
        CommitStep({"src/other.py": None}, "second"),
        CommitStep({"src/other.py": b"back\n", "src/new/deep.py": b"more"}, "third"),
    ]
    first, second, third = repository.stack(base, steps)
    assert git(root, "show", "-s", "--format=%an|%ae|%cn|%ct|%at|%P|%B", first) == (
        f"autonomous|autonomous@example.org|autonomous|1767323045|1767323045|{base}|{steps[0].message}".strip()
    )
    assert repository.tree(first).read(APP) == b"one\r\n\xff"
    assert git(root, "ls-tree", first, APP).startswith("100755 ")
    assert git(root, "ls-tree", first, "src/new/deep.py").startswith("100644 ")
    assert not repository.tree(second).exists("src/other.py")
    assert repository.tree(third).read("src/other.py") == b"back\n"
    assert repository.changed_paths(first, third) == ("src/new/deep.py", "src/other.py")
    assert git(root, "rev-parse", f"{third}~3") == base
    assert git(root, "fsck", "--strict", third) is not None
    assert repository.stack(base, []) == ()


def test_the_same_stack_has_the_same_ids(opened, tmp_path):
    repository = opened(plain(tmp_path / "user"))
    base, steps = repository.head().commit, [CommitStep({APP: b"x"}, "m")]
    assert repository.stack(base, steps) == repository.stack(base, steps)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("../out.py", "does not stay in the tree"),
        ("/etc/passwd", "absolute"),
        (".git/hooks/pre-commit", "git directory"),
        ("conftest.py", "steers the tests"),
        ("inside.py", "it is a symbolic link"),
        ("folder/app.py", "folder on its way is a symbolic link"),
        ("vendored", "it is a submodule"),
        ("vendored/x.py", "vendored on its way is a submodule"),
        ("src/app.py/x.py", "src/app.py on its way is a file"),
        ("src", "it is a directory"),
        ("SRC/App.py", "has the same name but for case"),
        ("Folder/x.py", "folder on its way is a symbolic link"),
    ],
)
def test_forbidden_paths(path, reason, opened, tmp_path):
    library = plain(tmp_path / "library")
    root = STATES["links"](tmp_path / "user")
    git(root, "submodule", "--quiet", "add", str(library), "vendored")
    commit(root)
    repository = opened(root)
    before = snapshot(root)
    with pytest.raises(Refused, match=reason) as caught:
        repository.stack(
            repository.head().commit, [CommitStep({APP: b"fine"}, "a"), CommitStep({path: b"x"}, "b")]
        )
    assert caught.value.detail == path
    assert snapshot(root) == before


def test_a_protected_file_that_was_approved_by_name(opened, tmp_path):
    root = plain(tmp_path / "user")
    commit(root, {"tests/conftest.py": "x = 1\n", ".github/workflows/ci.yml": "on: push\n"})
    repository = opened(root)
    base = repository.head().commit
    contents = {"tests/conftest.py": b"x = 2\n"}
    (made,) = repository.stack(base, [CommitStep(contents, "m", allowed=("tests/conftest.py",))])
    assert repository.tree(made).read("tests/conftest.py") == b"x = 2\n"
    with pytest.raises(Refused, match="continuous integration"):
        repository.stack(
            base, [CommitStep({".github/workflows/ci.yml": b""}, "m", allowed=("tests/conftest.py",))]
        )


def test_removing_what_is_not_there(opened, tmp_path):
    repository = opened(plain(tmp_path / "user"))
    with pytest.raises(Refused, match="it is not there"):
        repository.stack(repository.head().commit, [CommitStep({"gone.py": None}, "m")])


def test_the_index_at_hand_is_not_read(opened, tmp_path):
    root = plain(tmp_path / "user")
    write(root, {"src/other.py": "staged = 1\n"})
    git(root, "add", "src/other.py")
    repository = opened(root)
    base = repository.head().commit
    (made,) = repository.stack(base, [CommitStep({APP: b"x"}, "m")])
    assert repository.changed_paths(base, made) == (APP,)


def test_objects_in_a_shared_repository_stay_writable_for_the_group(opened, tmp_path):
    root = plain(tmp_path / "user", options=("--shared=group",))
    repository = opened(root)
    repository.stack(repository.head().commit, [CommitStep({APP: b"never seen before"}, "m")])
    folders = [place for place in (root / ".git/objects").iterdir() if len(place.name) == 2]
    assert all(place.stat().st_mode & 0o020 for place in folders)
