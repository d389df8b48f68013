"""Mypy, the real one, in a process that stays warm."""

import os
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from analyzer_samples import Tree, change

from autonomous.adapters.analyzers.mypy import Types
from autonomous.adapters.analyzers.mypy_options import options
from autonomous.adapters.analyzers.mypy_process import MypyGaveUp, MypyProcess
from autonomous.adapters.analyzers.mypy_tree import TypedTree
from autonomous.model.change import FileEdit

MOD = b"def double(n: int) -> int:\n    return n * 2\n"
USE = b"from pkg.mod import double\n\nx: str = 1\nprint(double(2))\n"
TREE: dict[str, bytes | None] = {
    "src/pkg/__init__.py": b"",
    "src/pkg/mod.py": MOD,
    "src/pkg/use.py": USE,
    "src/pkg/far.py": b"print(1)\n",
    "tests/a/conftest.py": b"from pkg.mod import double\n",
    "tests/b/conftest.py": b"from pkg.mod import double\n\ndouble('x')\n",
    "my-scripts/run.py": b"from pkg import mod\n\nmod.double(1)\n",
    "types.py": b"x = 1\n",
    "unreadable.py": None,
    "README.md": b"text\n",
}


@pytest.fixture
def types(tmp_path: Path) -> Iterator[Types]:
    types = Types(tmp_path / "scratch")
    yield types
    types.close()


def test_only_new_errors_count_in_the_file_and_its_importers(types: Types) -> None:
    tree = Tree(TREE)
    same = types.compare(change(("src/pkg/mod.py", MOD, MOD.replace(b"n * 2", b"n + n"))), tree)
    assert (same.new, same.gone, same.unknown) == ((), 0, "")

    own = types.compare(change(("src/pkg/mod.py", MOD, MOD.replace(b"n * 2", b"str(n)"))), tree)
    (found,) = own.new
    assert (found.tool, found.path, found.span.line, found.code) == (
        "mypy",
        "src/pkg/mod.py",
        2,
        "return-value",
    )
    assert "Incompatible return value type" in found.message

    stricter = types.compare(change(("src/pkg/mod.py", MOD, MOD.replace(b"n: int", b"n: list[int]"))), tree)
    assert {issue.path for issue in stricter.new} >= {"src/pkg/use.py", "my-scripts/run.py"}

    again = types.compare(change(("src/pkg/mod.py", MOD, MOD + b"\n# again\n")), tree)
    assert (again.new, again.gone) == ((), 0)

    fixed = types.compare(change(("src/pkg/use.py", USE, USE.replace(b"x: str", b"x: int"))), tree)
    assert (fixed.new, fixed.gone) == ((), 1)


def test_errors_that_move_are_not_new(types: Types) -> None:
    before = b"x = 1\n\n\ndef f() -> int:\n    return ''\n\n\ndef f() -> int:\n    return 1\n"
    analysis = types.compare(change(("a.py", before, b"import os\n\n" + before)), Tree({"a.py": before}))
    assert (analysis.new, analysis.gone, analysis.unknown) == ((), 0, "")


def test_notes_are_no_errors(types: Types) -> None:
    analysis = types.compare(
        change(("a.py", b"x = 1\n", b"x = 1\nreveal_type(x)\n")), Tree({"a.py": b"x = 1\n"})
    )
    assert (analysis.new, analysis.unknown) == ((), "")


def test_files_that_come_and_go(types: Types) -> None:
    tree = Tree(TREE)
    came = types.compare(change(("src/pkg/new.py", None, b"x: int = ''\n")), tree)
    assert [issue.path for issue in came.new] == ["src/pkg/new.py"]
    went = types.compare(change(("src/pkg/mod.py", MOD, None)), tree)
    assert went.unknown == ""
    far = types.compare(change(("src/pkg/far.py", b"print(1)\n", None)), tree)
    assert (far.new, far.gone, far.unknown) == ((), 0, "")
    assert types.compare(change(("README.md", b"a", b"b")), tree).new == ()


def test_another_tree_is_another_story(types: Types) -> None:
    edit = ("src/pkg/mod.py", MOD, MOD + b"x = 1\n")
    assert types.compare(change(edit), Tree(TREE)).new == ()
    later = {**TREE, "src/pkg/use.py": b"from pkg.mod import double\n\ndouble('x')\n", "src/pkg/far.py": b""}
    del later["my-scripts/run.py"]
    assert types.compare(change(edit), Tree(later)).new == ()
    other = MOD.replace(b"int", b"str").replace(b"n * 2", b"n")
    fixed = types.compare(change(("src/pkg/mod.py", MOD, other)), Tree(later))
    assert (fixed.new, fixed.gone) == ((), 2)


def test_a_change_may_start_from_another_version_than_the_tree(types: Types) -> None:
    tree = Tree(TREE)
    types.compare(change(("src/pkg/mod.py", MOD, MOD + b"x = 1\n")), tree)
    wrong = MOD + b"y: int = ''\n"
    kept = types.compare(change(("src/pkg/mod.py", wrong, wrong + b"z = 1\n")), tree)
    assert (kept.new, kept.gone) == ((), 0)


def test_plugins_of_the_repository_are_not_loaded(types: Types, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    trap = f"open({str(mark)!r}, 'w').close()\ndef plugin(version):\n    return None\n".encode()
    for config, text in (
        ("pyproject.toml", b"[tool.mypy]\nplugins = ['evil.py']\n"),
        ("mypy.ini", b"[mypy]\nplugins = evil.py\n"),
    ):
        tree = Tree({"evil.py": trap, config: text, "a.py": b"# mypy: plugins=evil.py\nx = 1\n"})
        analysis = types.compare(change(("a.py", b"x = 1\n", b"x: int = ''\n")), tree)
        assert len(analysis.new) == 1
    assert not mark.exists()


def test_how_strict_the_project_is_counts(types: Types) -> None:
    edit = ("a.py", b"x = 1\n", b"def f(a):\n    return a\n")
    assert types.compare(change(edit), Tree({"a.py": b"x = 1\n"})).new == ()
    strict = Tree({"a.py": b"x = 1\n", "pyproject.toml": b"[tool.mypy]\nstrict = true\n"})
    assert {issue.code for issue in types.compare(change(edit), strict).new} == {"no-untyped-def"}


@pytest.mark.parametrize(
    ("tree", "line"),
    [
        (
            {"mypy.ini": b"[mypy]\ndisallow_untyped_defs = True\npython_executable = /x\n"},
            "disallow_untyped_defs = True",
        ),
        ({"setup.cfg": b"[mypy]\nwarn_return_any = true\n"}, "warn_return_any = True"),
        ({"pyproject.toml": b"[tool.mypy]\nstrict = false\n"}, "strict = False"),
        (
            {"mypy.ini": b"broken", "setup.cfg": b"[mypy]\nstrict = 1\nstrict_optional = False\n"},
            "strict_optional = False",
        ),
        ({"mypy.ini": None, "pyproject.toml": b"[tool]\nmypy = 1\n"}, "check_untyped_defs = True"),
        ({"pyproject.toml": b"[broken"}, "check_untyped_defs = True"),
        ({"pyproject.toml": b"tool = 1"}, "check_untyped_defs = True"),
    ],
)
def test_options(tree: dict[str, bytes | None], line: str) -> None:
    text = options(Tree(tree), ["/t", "/t/src"])
    assert line in text.splitlines()
    assert "python_executable" not in text
    assert "mypy_path = /t:/t/src" in text.splitlines()


def test_a_file_that_mypy_cannot_read_does_not_spoil_the_others(types: Types) -> None:
    tree = Tree({**TREE, "broken.py": b"def f(:\n"})
    analysis = types.compare(change(("src/pkg/mod.py", MOD, MOD.replace(b"n * 2", b"str(n)"))), tree)
    assert [issue.code for issue in analysis.new] == ["return-value"]
    spoiled = types.compare(change(("src/pkg/far.py", b"print(1)\n", b"def f(:\n")), tree)
    assert spoiled.unknown.startswith("types were not checked: ")
    assert types.compare(change(("src/pkg/far.py", b"print(1)\n", b"print(2)\n")), tree).unknown == ""


def test_too_little_time_is_a_reason(tmp_path: Path) -> None:
    types = Types(tmp_path / "scratch", seconds=0.01)
    analysis = types.compare(change(("src/pkg/mod.py", MOD, MOD)), Tree(TREE))
    assert analysis.unknown == "types were not checked: mypy took longer than 0.01 s"


def test_too_little_memory_is_a_reason(tmp_path: Path) -> None:
    types = Types(tmp_path / "scratch", memory_mb=40)
    analysis = types.compare(change(("src/pkg/mod.py", MOD, MOD)), Tree(TREE))
    assert analysis.unknown == "types were not checked: mypy failed on this code, or ran out of memory"


def test_the_process_is_replaced_when_it_ends(tmp_path: Path) -> None:
    process = MypyProcess(tmp_path, seconds=60, memory_mb=2048)
    (tmp_path / "a.py").write_text("x: int = ''\n")
    flags = ("--config-file", "", "--cache-dir", "cache", "a.py")
    first = process.run(flags)
    assert first[2] == 1
    process.close()
    assert process.run(flags) == first
    process.close()
    process.close()


def test_a_process_that_was_killed_or_has_worked_long_is_replaced(tmp_path: Path) -> None:
    process = MypyProcess(tmp_path, seconds=60, memory_mb=2048, runs=2)
    pids = []
    for kill in (False, False, False, True, False):
        assert process.run(("--version",))[2] == 0
        assert process._process is not None
        pids.append(process._process.pid)
        if kill:
            process._process.kill()
            process._process.wait()
    process.close()
    assert [one == two for one, two in pairwise(pids)] == [True, False, True, False]


def test_the_process_ends_with_its_owner(tmp_path: Path) -> None:
    process = MypyProcess(tmp_path, seconds=60, memory_mb=2048)
    process.run(("--version",))
    (pid,) = (entry.name for entry in Path("/proc").iterdir() if _is_worker(entry, os.getpid()))
    del process
    assert not Path("/proc", pid).exists()


def _is_worker(entry: Path, parent: int) -> bool:
    if not entry.name.isdigit():
        return False
    try:
        command = (entry / "cmdline").read_bytes()
        return b"mypy_worker" in command and f"\nPPid:\t{parent}\n" in (entry / "status").read_text()
    except OSError:
        return False


def test_a_helper_that_dies_is_an_answer_too(tmp_path: Path) -> None:
    process = MypyProcess(tmp_path, seconds=60, memory_mb=2048)
    with pytest.raises(MypyGaveUp, match="failed on this code"):
        process.run([1])  # type: ignore[list-item]  # mypy falls over an argument that is no text
    process.close()


def test_import_roots(tmp_path: Path) -> None:
    tree = TypedTree(tmp_path)
    paths = (
        "src/pkg/__init__.py",
        "src/pkg/sub/__init__.py",
        "plain/deep/box/__init__.py",
        "src/ns/in/__init__.py",
        "a.py",
    )
    tree.sync(Tree(dict.fromkeys(paths, b"")))
    assert [Path(base).relative_to(tmp_path).as_posix() for base in tree.bases()] == [
        ".",
        "plain/deep",
        "src",
    ]


def test_importers(tmp_path: Path) -> None:
    tree = TypedTree(tmp_path)
    tree.sync(
        Tree(
            {
                "pkg/__init__.py": b"",
                "pkg/mod.py": b"import pkg.mod\n",
                "a.py": b"from pkg import (\n    other,\n    mod,\n)\n",
                "b.py": b"import os, pkg.mod as m\n",
                "c.py": b"from .pkg.mod import x\n",
                "d.py": b"    from . import mod\n",
                "e.py": b"text = 'mod'\nimport model\n",
                "f.py": b"import pkg\n",
            }
        )
    )
    assert tree.importers("pkg/mod.py", most=9) == ("a.py", "b.py", "c.py", "d.py")
    assert tree.importers("pkg/mod.py", most=2) == ("a.py", "b.py")
    assert "f.py" in tree.importers("pkg/__init__.py", most=9)


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    tree = TypedTree(tmp_path)
    tree.sync(Tree({"a.py": b"1\n", "b.py": b"1\n", "../c.py": b"", "/d.py": b""}))
    assert tree.paths == ("a.py", "b.py")
    tree.sync(Tree({"a.py": b"1\n"}))
    assert [file.name for file in tmp_path.iterdir()] == ["a.py"]
    assert tree.put(FileEdit("a.py", b"1\n", b"2\n"), after=True)
    assert not tree.put(FileEdit("a.py", b"1\n", b"2\n"), after=True)
    assert (tmp_path / "a.py").read_bytes() == b"2\n"


def test_versions_of_one_size_written_at_once_are_told_apart(types: Types) -> None:
    tree = Tree({"a.py": b"x: int = 1\n"})
    for after, errors in (
        (b"x: int = 2\n", 0),
        (b"x: str = 1\n", 1),
        (b"x: int = 3\n", 0),
        (b"x: str = 2\n", 1),
    ) * 2:
        assert len(types.compare(change(("a.py", b"x: int = 1\n", after)), tree).new) == errors


def test_what_an_earlier_run_left_is_removed(tmp_path: Path) -> None:
    TypedTree(tmp_path / "tree").sync(Tree({"old.py": b"x = 1\n", "a.py": b"y = 1\n"}))
    TypedTree(tmp_path / "tree").sync(Tree({"a.py": b"z = 1\n"}))
    assert [file.name for file in (tmp_path / "tree").iterdir()] == ["a.py"]


def test_a_copy_that_somebody_removed_is_made_again(types: Types, tmp_path: Path) -> None:
    tree, edit = Tree(TREE), ("src/pkg/mod.py", MOD, MOD + b"x: int = ''\n")
    assert len(types.compare(change(edit), tree).new) == 1
    shutil.rmtree(tmp_path / "scratch" / "tree" / "src")
    assert types.compare(change(edit), tree).unknown.startswith("types were not checked: ")
    assert len(types.compare(change(edit), tree).new) == 1
    (tmp_path / "scratch" / "tree" / "my-scripts" / "run.py").unlink()
    assert "Cannot read file" in types.compare(change(edit), tree).unknown
    assert len(types.compare(change(edit), tree).new) == 1
