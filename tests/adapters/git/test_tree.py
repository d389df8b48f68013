"""The files of a commit: what the commit has, whatever lies in the work tree."""

import shutil

import pytest
from repositories import APP, SOURCE, STATES, commit, git, plain, write

from autonomous.adapters.git.objects import ObjectReader, blob_id
from autonomous.adapters.git.repository import GitRepository
from autonomous.adapters.git.runner import GitFailed
from autonomous.adapters.git.stack import Identity
from autonomous.ports.files import FileUnreadable

NOBODY = Identity("n", "n@example.org")


def test_paths_and_targets(opened, tmp_path):
    root = plain(tmp_path / "user")
    shutil.rmtree(root / "src")
    repository = opened(root)
    tree = repository.tree(repository.head().commit)
    assert list(tree.paths()) == [APP, "src/other.py", "tests/test_app.py"]
    assert list(tree.paths(["./src/"])) == [APP, "src/other.py"]
    assert list(tree.paths(["src/app.py", "tests"])) == [APP, "tests/test_app.py"]
    assert list(tree.paths(["."])) == list(tree.paths([""])) == list(tree.paths())
    assert list(tree.paths(["sr", "gone"])) == []
    assert tree.read(APP) == SOURCE
    assert tree.exists(APP)
    assert not tree.exists("src")


def test_programs_with_a_python_shebang(opened, tmp_path):
    root = plain(tmp_path / "user")
    shebang = "#!/usr/bin/env python3\n"
    write(
        root, {"run": shebang, "shell": "#!/bin/sh\n", "data": shebang, "notes.txt": shebang, "types.pyi": ""}
    )
    for name in ("run", "shell", "notes.txt"):
        (root / name).chmod(0o755)
    commit(root)
    tree = opened(root).tree(git(root, "rev-parse", "HEAD"))
    assert list(tree.paths()) == ["run", APP, "src/other.py", "tests/test_app.py", "types.pyi"]
    assert list(tree.paths(["data", "notes.txt"])) == ["data", "notes.txt"]
    oid = git(root, "rev-parse", "HEAD:run")
    (root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    assert "run" not in list(opened(root).tree(tree.commit).paths())


def test_exclusions_and_size(tmp_path, clock):
    root = plain(tmp_path / "user")
    commit(root, {"gen/a.py": "x", "big.py": b"#" * 5000})
    options = {"state": tmp_path / "state", "clock": clock, "author": NOBODY, "committer": NOBODY}
    with GitRepository(root, exclude=["gen/", "*.md"], max_bytes=4000, **options) as repository:
        tree = repository.tree(repository.head().commit)
        assert list(tree.paths(["gen", "gen/a.py", "README.md"])) == ["README.md", "gen/a.py"]
        assert "gen/a.py" not in list(tree.paths())
        with pytest.raises(FileUnreadable, match="too large: 5000 bytes"):
            tree.read("big.py")
        assert tree.read("gen/a.py") == b"x", "the reader goes on after a file that is too large"


def test_links_and_submodules_are_no_files(opened, tmp_path):
    root = STATES["links"](tmp_path / "links")
    tree = opened(root).tree(git(root, "rev-parse", "HEAD"))
    assert "inside.py" not in list(tree.paths())
    with pytest.raises(FileUnreadable, match="a symbolic link"):
        tree.read("inside.py")
    root = STATES["submodule"](tmp_path / "submodule")
    tree = opened(root).tree(git(root, "rev-parse", "HEAD"))
    with pytest.raises(FileUnreadable, match="a submodule"):
        tree.read("vendored")
    with pytest.raises(FileUnreadable, match="not in commit"):
        tree.read("vendored/src/app.py")


def test_lfs_pointers_and_strange_names_are_read_as_they_are(opened, tmp_path):
    root = STATES["lfs-pointers"](tmp_path / "lfs")
    assert (
        opened(root)
        .tree(git(root, "rev-parse", "HEAD"))
        .read("model.bin")
        .startswith(b"version https://git-lfs")
    )
    root = STATES["strange-names"](tmp_path / "names")
    tree = opened(root).tree(git(root, "rev-parse", "HEAD"))
    assert tree.read("line\nbreak.py") == tree.read("caf\udce9.py") == tree.read('quo"te\t.py') == b"x = 1\n"


def test_a_missing_object(opened, tmp_path):
    root = plain(tmp_path / "user")
    oid = git(root, "rev-parse", f"HEAD:{APP}")
    (root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    tree = opened(root).tree(git(root, "rev-parse", "HEAD"))
    for read in (tree.read, tree.blob):
        with pytest.raises(FileUnreadable, match="its object is missing"):
            read(APP)


def test_a_reader_that_git_left(opened, tmp_path):
    root = plain(tmp_path / "user")
    repository = opened(root)
    oid = git(root, "rev-parse", f"HEAD:{APP}")
    with ObjectReader(repository.shadow.runner) as reader:
        assert reader.blob(oid) == SOURCE
        assert reader.has(oid)
        assert not reader.has("0" * 40)
        reader._answers._process.proc.kill()
        reader._answers._process.proc.wait()
        with pytest.raises(GitFailed, match=r"cat-file.* ended with status -9"):
            reader.blob(oid)
        assert reader.blob(oid) == SOURCE, "another process takes over"
    with ObjectReader(repository.shadow.runner) as unused:
        unused.close()


@pytest.mark.parametrize("name", ["plain", "sha256"])
def test_blob_ids_are_gits(name, tmp_path):
    root = STATES[name](tmp_path / "user")
    kind = "sha256" if name == "sha256" else "sha1"
    assert blob_id(SOURCE, object_format=kind) == git(root, "rev-parse", f"HEAD:{APP}")
