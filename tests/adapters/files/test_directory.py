"""Reading a directory: what is taken, what is left out, what is reported, and nothing that hangs."""

import os
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from repositories import as_nobody, git_says_yes, plain, write

from autonomous.adapters.files.directory import DirectoryFiles
from autonomous.adapters.files.ignore import IgnoreRules
from autonomous.ports.files import FileUnreadable

LIMIT = 1000


class Reader:
    """A directory with what was reported about it."""

    def __init__(self, root: Path, **options: object) -> None:
        self.problems: list[FileUnreadable] = []
        self.files = DirectoryFiles(root, max_bytes=LIMIT, report=self.problems.append, **options)

    def paths(self, *targets: str) -> list[str]:
        return list(self.files.paths(targets))

    def reasons(self) -> dict[str, str]:
        return {problem.path: problem.reason for problem in self.problems}


def test_python_files_in_sorted_order(tmp_path):
    write(tmp_path, {"b.py": "", "a/z.py": "", "a.py": "", "a/b/c.pyi": "", "a-b.py": "", "notes.txt": ""})
    write(tmp_path, {"run": "#!/usr/bin/env python3\n", "other": "#!/bin/sh\n", "data.json": "#!python"})
    assert Reader(tmp_path).paths() == sorted(["a-b.py", "a.py", "a/b/c.pyi", "a/z.py", "b.py", "run"])


def test_directories_without_source_are_left_out(tmp_path):
    left = [".venv", "node_modules", "__pycache__", "build", "dist", ".tox", ".eggs", "src/build", ".git"]
    write(tmp_path, {f"{name}/x.py": "" for name in left})
    write(tmp_path, {"env/pyvenv.cfg": "", "env/lib/y.py": "", "src/ok.py": "", ".hidden/also.py": ""})
    assert Reader(tmp_path).paths() == [".hidden/also.py", "src/ok.py"]
    assert Reader(tmp_path).paths("build") == ["build/x.py"]


def test_exclusions_and_ignore_files(tmp_path):
    write(tmp_path, {".gitignore": "*_pb2.py\nout/\n/only_top.py\nkeep/*\n!keep/this.py\n"})
    write(
        tmp_path,
        {"a_pb2.py": "", "out/x.py": "", "only_top.py": "", "sub/only_top.py": "", "keep/this.py": ""},
    )
    write(
        tmp_path,
        {
            "keep/that.py": "",
            "sub/.gitignore": "!a_pb2.py\nlocal.py\n",
            "sub/a_pb2.py": "",
            "sub/local.py": "",
        },
    )
    write(tmp_path, {".git/info/exclude": "mine.py\n", "mine.py": "", "tests/data/bad.py": "", "gen.py": ""})
    reader = Reader(tmp_path, exclude=["tests/data/", "gen.py"])
    assert reader.paths() == ["keep/this.py", "sub/a_pb2.py", "sub/only_top.py"]
    assert reader.paths("out") == ["out/x.py"], "a directory that is named is wanted"
    assert reader.paths("a_pb2.py", "gen.py", "notes.txt") == ["a_pb2.py", "gen.py"]
    assert reader.reasons() == {"notes.txt": "it is not there"}


def test_targets_are_normalised_and_met_once(tmp_path):
    write(tmp_path, {"src/a.py": "", "src/deep/b.py": ""})
    reader = Reader(tmp_path)
    assert reader.paths("./src/", "src/a.py", str(tmp_path / "src/deep")) == ["src/a.py", "src/deep/b.py"]
    assert reader.paths("../elsewhere", "src\0") == []
    assert reader.reasons() == {
        "../elsewhere": "it lies outside of the directory",
        "src\0": "it is no file name",
    }


def test_hostile_entries_are_reported_and_stop_nothing(tmp_path):
    root = tmp_path / "root"
    write(root, {"good.py": "x = 1\n", "large.py": b"#" * (LIMIT + 1)})
    os.mkfifo(root / "pipe.py")
    (root / "folder.py").mkdir()
    (root / "out.py").symlink_to("/etc/hostname")
    (root / "in.py").symlink_to("good.py")
    (root / "nowhere.py").symlink_to("ada@host.123")
    (root / "circle.py").symlink_to("circle.py")
    (root / "up").symlink_to("..")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(root / "sock.py"))
        reader = Reader(root)
        assert reader.paths() == ["good.py", "large.py"]
    assert reader.reasons() == {
        "pipe.py": "a pipe", "sock.py": "a socket", "out.py": "a symbolic link out of the tree",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("gone.py", "it is not there"),
        ("good.py/x.py", "it is not there"),
        ("pipe.py", "a pipe"),
        ("folder", "a directory"),
        ("sock.py", "a socket or a device"),
        ("out.py", "a symbolic link out of the tree"),
        ("up/x.py", "a symbolic link out of the tree"),
        ("../x.py", "a symbolic link out of the tree"),
        ("circle.py", "symbolic links lead in a circle"),
        ("large.py", "too large: 1,001 bytes, the limit is 1,000"),
        ("a" * 300, "its name is too long"),
        ("nul\0.py", "it is no file name"),
    ],
)
def test_what_cannot_be_read_says_why(path, reason, tmp_path):
    root = tmp_path / "root"
    write(root, {"good.py": "x = 1\n", "large.py": b"#" * (LIMIT + 1), "folder/x.py": ""})
    os.mkfifo(root / "pipe.py")
    (root / "out.py").symlink_to("/etc/hostname")
    (root / "up").symlink_to("..")
    (root / "circle.py").symlink_to("circle.py")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(root / "sock.py"))
        with pytest.raises(FileUnreadable) as caught:
            Reader(root).files.read(path)
    assert caught.value.reason == reason


def test_a_device_is_not_read():
    with pytest.raises(FileUnreadable, match="a device"):
        Reader(Path("/dev")).files.read("null")


def test_reading(tmp_path):
    write(tmp_path, {"a.py": b"x = '\xff'\r\n", "full.py": b"#" * LIMIT})
    (tmp_path / "link.py").symlink_to("a.py")
    files = Reader(tmp_path).files
    assert files.read("a.py") == files.read("link.py") == b"x = '\xff'\r\n"
    assert len(files.read("full.py")) == LIMIT
    assert files.exists("a.py")
    assert not any(files.exists(name) for name in ("link.py", "gone.py", ".", "nul\0"))


def test_names_that_are_not_utf8(tmp_path):
    Path(os.fsdecode(bytes(tmp_path) + b"/caf\xe9.py")).write_bytes(b"x = 1\n")
    files = Reader(tmp_path).files
    (path,) = files.paths()
    assert path == "caf\udce9.py"
    assert files.read(path) == b"x = 1\n"


def test_no_permission():
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        root.chmod(0o755)
        write(root, {"secret.py": "", "closed/x.py": "", "script": "#!python\n", "open.py": ""})
        (root / "secret.py").chmod(0)
        (root / "script").chmod(0)
        (root / "closed").chmod(0)
        reader = Reader(root)
        with as_nobody():
            assert reader.paths() == ["open.py", "secret.py"]
            with pytest.raises(FileUnreadable, match="no permission to read it"):
                reader.files.read("secret.py")
        assert reader.reasons() == {"closed": "directory not read: no permission to read it"}
        (root / "closed").chmod(0o700)


def test_a_tree_without_end(tmp_path):
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(400):
        os.close(os.open("x.py", os.O_WRONLY | os.O_CREAT, dir_fd=here))
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    reader = Reader(tmp_path)
    assert len(reader.paths()) == 250
    assert reader.reasons() == {"/".join("d" * 250): "more than 250 directories deep"}
    subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)


NAMES = st.sampled_from(["a", "b", "a.py", "b.py", "out", "x.log"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
PATTERNS = st.sampled_from(["a/**", "**", "!*/", "!*.py"]) | st.builds(
    lambda negate, root, path, ending: f"{negate}{root}{path}{ending}",
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "/", "**/"]),
    st.one_of(PATHS, st.sampled_from(["*.py", "a*", "?", "*", "[ab]", "#x", "\\!a"])),
    st.sampled_from(["", "/"]),
)


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    return plain(tmp_path_factory.mktemp("ignore") / "repo")


LEAVES = st.builds(
    lambda folders, leaf: "/".join([*folders, leaf]),
    st.lists(st.sampled_from(["a", "b", "out"]), max_size=2),
    st.sampled_from(["a.py", "b.py", "x.log", "leaf"]),
)


@settings(max_examples=150, deadline=None)
@given(top=st.lists(PATTERNS, max_size=4), inner=st.lists(PATTERNS, max_size=2), path=LEAVES)
def test_git_agrees_on_what_is_ignored(judged, top, inner, path):
    write(judged, {".gitignore": "\n".join(top), "a/.gitignore": "\n".join(inner)})
    rules = IgnoreRules(judged)
    parts = path.split("/")
    above = ("/".join(parts[:end]) for end in range(1, len(parts)))
    ours = any(rules.ignored(folder, directory=True) for folder in above) or rules.ignored(
        path, directory=False
    )
    assert ours == git_says_yes(judged, "check-ignore", "--no-index", "--quiet", "--", path)


def test_an_ignore_file_that_is_no_file(tmp_path):
    os.mkfifo(tmp_path / ".gitignore")
    write(tmp_path, {"a.py": "", "sub/b.py": "", "elsewhere": "*.py\n"})
    (tmp_path / "sub/.gitignore").symlink_to("../elsewhere")
    assert Reader(tmp_path).paths() == ["a.py", "sub/b.py"]
