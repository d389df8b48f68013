"""The project's formatter: ruff as it is installed, and black by a program that stands in its place."""

import sys
from pathlib import Path

import pytest
from analyzer_samples import Tree, change

from autonomous.adapters.analyzers.formatter import Formatter
from autonomous.model.issue import Analysis

SEARCH = str(Path(sys.executable).parent)
NEAT, UGLY = b'x = "a"\n', b"x   =  'a'\n"
SINGLE = b"x = 'a'\n"
RUFF = {"pyproject.toml": b"[tool.ruff]\nline-length = 80\n"}


def compare(
    tmp_path: Path,
    before: bytes | None,
    after: bytes | None,
    tree: dict[str, bytes | None],
    *,
    path: str = "src/a.py",
) -> Analysis:
    return Formatter(tmp_path, search=SEARCH).compare(change((path, before, after)), Tree(tree))


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        (NEAT, NEAT + b"y = 1\n", 0),
        (NEAT, UGLY, 1),
        (UGLY, UGLY + b"y  = 1\n", 0),
        (None, UGLY, 1),
        (UGLY, None, 0),
    ],
)
def test_a_formatted_file_stays_formatted(tmp_path: Path, before: bytes, after: bytes, count: int) -> None:
    analysis = compare(tmp_path, before, after, {**RUFF})
    assert (len(analysis.new), analysis.unknown) == (count, "")
    assert all(issue.message.endswith("run `ruff format` afterwards") for issue in analysis.new)


@pytest.mark.parametrize(
    ("tree", "count"),
    [
        ({"ruff.toml": b"[format]\nquote-style = 'single'\n"}, 1),
        ({".ruff.toml": b"[format]\nquote-style = 'single'\n"}, 1),
        ({"src/ruff.toml": b"[format]\nquote-style = 'single'\n", **RUFF}, 1),
        ({"other/ruff.toml": b"[format]\nquote-style = 'single'\n", **RUFF}, 0),
        ({"pyproject.toml": b"[tool.ruff.format]\nquote-style = 'single'\n"}, 1),
        ({"pyproject.toml": b"[project]\nname = 'x'\n"}, 0),
        ({"pyproject.toml": b"[broken\n"}, 0),
        ({"pyproject.toml": b"tool = 1\n"}, 0),
        ({"pyproject.toml": None}, 0),
        ({}, 0),
    ],
)
def test_the_projects_configuration_decides(
    tmp_path: Path, tree: dict[str, bytes | None], count: int
) -> None:
    assert len(compare(tmp_path, SINGLE, NEAT, tree).new) == count


def test_only_python_is_formatted(tmp_path: Path) -> None:
    assert compare(tmp_path, NEAT, UGLY, {**RUFF}, path="a.txt") == Analysis()


def test_a_program_that_is_missing_is_named(tmp_path: Path) -> None:
    analysis = Formatter(tmp_path, search=str(tmp_path)).compare(change(("a.py", NEAT, UGLY)), Tree(RUFF))
    assert analysis.unknown == "the project uses ruff, which is not installed here"


def test_a_configuration_that_the_formatter_refuses_is_told(tmp_path: Path) -> None:
    analysis = compare(tmp_path, NEAT, UGLY, {"ruff.toml": b"line-length = 'wide'\n"})
    assert analysis.unknown.startswith("ruff gave up: ")


def program(folder: Path, name: str, body: str) -> str:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(f"#!{sys.executable}\n{body}")
    file.chmod(0o755)
    return str(folder)


def test_black_is_asked_for_its_own_projects(tmp_path: Path) -> None:
    search = program(
        tmp_path / "bin",
        "black",
        "import sys, pathlib\n"
        "assert sys.argv[1:4] == ['--check', '--quiet', '--stdin-filename'], sys.argv\n"
        "assert pathlib.Path('pyproject.toml').read_text().startswith('[tool.black]')\n"
        "sys.exit(1 if '  ' in sys.stdin.read() else 0)\n",
    )
    tree = Tree({"pyproject.toml": b"[tool.black]\n[tool.ruff]\n"})
    analysis = Formatter(tmp_path / "s", search=search).compare(change(("a.py", NEAT, UGLY)), tree)
    assert [issue.tool for issue in analysis.new] == ["black"]


def test_a_formatter_that_hangs_is_stopped(tmp_path: Path) -> None:
    search = program(tmp_path / "bin", "ruff", "import signal\nsignal.pause()\n")
    formatter = Formatter(tmp_path / "s", search=search, seconds=0.3)
    analysis = formatter.compare(change(("a.py", NEAT, UGLY)), Tree(RUFF))
    assert analysis.unknown.startswith("ruff gave up: ")
    assert list((tmp_path / "s").iterdir()) == []


def test_programs_of_the_working_directory_are_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "bin", "ruff", "raise SystemExit(1)\n")
    monkeypatch.chdir(tmp_path)
    formatter = Formatter(tmp_path / "s", search="bin::./bin")
    assert "not installed" in formatter.compare(change(("a.py", NEAT, UGLY)), Tree(RUFF)).unknown
