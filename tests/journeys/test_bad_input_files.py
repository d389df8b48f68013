"""Files that cannot be read or parsed: each is named with its reason, the others are scanned, and it is no silent 0."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from repositories import difference, snapshot
from shops import ROOT, Shop
from telling import assert_decent, assert_harmless

from autonomous.adapters.clock import SystemClock
from autonomous.adapters.files.directory import DirectoryFiles
from autonomous.model.finding import Target
from autonomous.ports import Ports
from autonomous.ports.decisions import NoDecisions
from autonomous.ports.files import Files
from autonomous.rulebook.book import load
from autonomous.stages.scanner import Scanner

FAULTY = {
    "broken.py": (b"def f(:\n", "syntax error on line 1"),
    "half.py": (b"x = (1,\n", "syntax error on line 1: '(' was never closed"),
    "binary.py": (bytes(range(256)) * 4, "a NUL byte on line 1: not Python source"),
    "nul.py": (b"x = 1\n\0y = 2\n", "a NUL byte on line 2: not Python source"),
    "klingon.py": (b"# -*- coding: klingon -*-\nx = 1\n", "wrong encoding: unknown encoding: klingon"),
    "latin.py": (b"x = 1\ny = '\xe9'\n", "wrong encoding: utf-8 does not allow byte 0xe9 on line 2"),
    "rot.py": (b"# coding: rot13\nk = 1\n", "wrong encoding"),
    "brackets.py": (b"x = " + b"[" * 100_000 + b"]" * 100_000, "too many nested parentheses"),
    "minus.py": (b"x = " + b"-" * 100_000 + b"1\n", "nested too deep"),
    "attributes.py": (b"x = a" + b".b" * 100_000 + b"\n", "nested too deep"),
    "elif.py": (b"if x:\n    pass\n" + b"elif y:\n    pass\n" * 20_000, "nested too deep"),
    "large.py": (b"#" * 6_000_000, "too large: 6,000,000 bytes, the limit is 5,000,000"),
}


@pytest.fixture
def faulty(kiosk: Shop) -> Shop:
    for name, (content, _) in FAULTY.items():
        (kiosk.root / "src" / name).write_bytes(content)
    return kiosk


def unreadable(answer_out: str) -> dict[str, str]:
    document = json.loads(answer_out)
    listed = document["summary"]["unreadable"] if document["kind"] == "scan" else document["unreadable"]
    return {item["path"]: item["reason"] for item in listed}


def test_what_cannot_be_parsed_stops_nothing_else(faulty: Shop) -> None:
    before = snapshot(faulty.root)
    answer = faulty.run("scan", "src", "--rule", "not-in", "--format", "json")
    assert answer.code == 3
    said = unreadable(answer.out)
    assert said.keys() == {f"src/{name}" for name in FAULTY}
    for name, (_, reason) in FAULTY.items():
        assert reason in said[f"src/{name}"], name
    assert [f["path"] for f in json.loads(answer.out)["findings"]] == ["src/till.py"] * 2
    shown = faulty.run("scan", "src", "--rule", "not-in")
    assert shown.code == 3
    assert f"not scanned: {len(FAULTY)} files" in shown.out
    assert "src/broken.py: syntax error on line 1" in shown.out
    assert_decent(shown)
    assert difference(before, snapshot(faulty.root)) == set()


def test_improve_repairs_the_others_and_names_what_it_could_not_read(faulty: Shop) -> None:
    faulty.commit_all("faulty")
    answer = faulty.run("improve", "src", "--rule", "not-in", "--auto-approve-safe")
    assert answer.code == 3
    said = " ".join(answer.err.split())
    assert "2 changes on auto/improve-src" in said
    assert "not read src/attributes.py: nested too deep" in said
    assert f"{len(FAULTY) - 5} more of {len(FAULTY)}: autonomous scan" in said
    assert faulty.git("diff", "--name-only", "main", "auto/improve-src") == "src/till.py"


def test_what_is_no_file(kiosk: Shop) -> None:
    src = kiosk.root / "src"
    os.mkfifo(src / "pipe.py")
    (src / "folder.py").mkdir()
    (src / "folder.py/inside.py").write_text("def f(a, b):\n    return not a in b\n")
    (src / "out.py").symlink_to("/etc/passwd")
    (src / "circle.py").symlink_to("circle.py")
    (src / "dangling.py").symlink_to("nowhere.py")
    answer = kiosk.run("scan", "src", "--rule", "not-in", "--format", "json")
    assert answer.code == 3
    said = unreadable(answer.out)
    assert said["src/pipe.py"] == "a pipe"
    assert said["src/out.py"] == "a symbolic link out of the tree"
    paths = [f["path"] for f in json.loads(answer.out)["findings"]]
    assert paths == ["src/folder.py/inside.py", "src/till.py", "src/till.py"]
    for name, reason in (
        ("dangling", "it is not there"),
        ("circle", "lead in a circle"),
        ("pipe", "a pipe"),
        ("out", "out of the tree"),
    ):
        named = kiosk.run("scan", f"src/{name}.py")
        assert named.code == 3, name
        assert reason in named.out, name


@pytest.fixture
def locked_away(kiosk: Shop) -> Shop:
    """A file and a folder that nobody may read."""
    (kiosk.root / "src/mine.py").write_text("x = 1\n")
    (kiosk.root / "src/closed").mkdir()
    (kiosk.root / "src/closed/inside.py").write_text("x = 1\n")
    kiosk.commit_all("mine")
    (kiosk.root / "src/mine.py").chmod(0)
    (kiosk.root / "src/closed").chmod(0)
    yield kiosk
    (kiosk.root / "src/closed").chmod(0o755)


def bound_by_rights(shop: Shop, *args: str) -> "subprocess.CompletedProcess[str]":
    """Run the program as a user whom permissions bind: root gives up the right to pass them by."""
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--"] if os.geteuid() == 0 else []
    return subprocess.run(
        [*drop, sys.executable, "-m", "autonomous.cli.main", *args],
        cwd=shop.root,
        env=shop.environ,
        capture_output=True,
        text=True,
    )


def test_what_may_not_be_read_is_told(locked_away: Shop) -> None:
    done = bound_by_rights(locked_away, "scan", "src", "--rule", "not-in")
    assert done.returncode == 3, done.stderr
    assert "src/mine.py: no permission to read it" in done.stdout
    assert "src/closed: directory not read: no permission to read it" in done.stdout
    assert "2 findings" in done.stdout
    assert "make those files readable" in done.stderr or "autonomous improve" in done.stderr


class Vanishing:
    """A directory from which each file goes away between being listed and being read."""

    def __init__(self, files: Files, root: Path) -> None:
        self._files, self._root = files, root

    def paths(self, targets: Sequence[str] = ()) -> Iterator[str]:
        for path in self._files.paths(targets):
            if path.endswith("fleeting.py"):
                (self._root / path).unlink()
            yield path

    def read(self, path: str) -> bytes:
        return self._files.read(path)

    def exists(self, path: str) -> bool:
        return self._files.exists(path)


def test_a_file_that_vanishes_while_it_is_scanned(kiosk: Shop) -> None:
    shutil.copy(kiosk.root / "src/till.py", kiosk.root / "src/fleeting.py")
    disk = DirectoryFiles(kiosk.root, max_bytes=1_000_000, report=lambda _: None)
    ports = Ports(files=Vanishing(disk, kiosk.root), clock=SystemClock(), decisions=NoDecisions())
    book = load([ROOT / "rules"]).select(rules=["not-in"])
    scans = list(Scanner(book)(Target(("src",)), ports))
    assert [(scan.path, scan.unreadable, len(scan.findings)) for scan in scans] == [
        ("src/fleeting.py", "it is not there", 0),
        ("src/till.py", "", 2),
    ]


NAMES = (b"line\nbreak.py", b"red\x1b[31m.py", b"bell\x07.py", b"caf\xe9.py", "left\u202eright.py".encode())


def test_names_that_a_terminal_would_obey(kiosk: Shop) -> None:
    for name in NAMES:
        place = os.fsdecode(bytes(kiosk.root / "src") + b"/" + name)
        Path(place).write_bytes(b"def f(a, b):\n    return not a in b  # \x1b[2J\n")
    kiosk.commit_all("names")
    scan = kiosk.run("scan", "src", "--rule", "not-in")
    assert scan.code == 1
    improved = kiosk.run("improve", "src", "--rule", "not-in", "--auto-approve-safe")
    dry = kiosk.run("improve", "src", "--rule", "none-comparison", "--dry-run")
    waiting = kiosk.run("approve")
    for answer in (scan, improved, dry, waiting, kiosk.run("status"), kiosk.run("audit")):
        assert_decent(answer)
    for shown in ("line\\x0abreak.py", "red\\x1b[31m.py", "bell\\x07.py", "left\\u202eright.py"):
        assert f"src/{shown}" in scan.out
    as_data = kiosk.run("scan", "src", "--rule", "not-in", "--format", "json")
    assert_harmless(as_data.out)
    assert len(json.loads(as_data.out)["findings"]) == 2 + len(NAMES)
    assert improved.code == 0, improved.err
    changed = kiosk.git("diff", "--name-only", "main", "auto/improve-src").split("\n")
    assert len(changed) == 1 + len(NAMES)


def test_dirty_files_with_such_names_are_escaped_too(kiosk: Shop) -> None:
    place = kiosk.root / "src/red\x1b[31m.py"
    place.write_text("x = 1\n")
    kiosk.commit_all("names")
    place.write_text("x = 2\n")
    answer = kiosk.run("improve", "src", "--rule", "raise-without-cause")
    assert "left out: src/red\\x1b[31m.py has uncommitted changes" in answer.err
    assert_decent(answer)
