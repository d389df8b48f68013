"""How a tree is read: its modules, its tests, what a build left in it, and the lines of a report."""

from pathlib import Path, PurePosixPath

from autonomous.adapters.suites.generated import copy_generated
from autonomous.adapters.suites.layout import has_tests, layout_of
from autonomous.adapters.suites.report import read_coverage, read_record
from autonomous.model.testing import FileCoverage, TestOutcome, TestResult


def write(folder: Path, *paths: str) -> Path:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("x = 1\n")
    return folder


def test_own_modules_and_where_they_are_imported_from(tmp_path: Path) -> None:
    tree = write(
        tmp_path,
        "src/calc/__init__.py",
        "src/vendor/cloud/storage/__init__.py",
        "src/single.py",
        "flat/__init__.py",
        "loose.py",
        "setup.py",
        "conftest.py",
        "test_loose.py",
        "types.py",
        "no-name.py",
        "tests/__init__.py",
        "docs/conf.py",
    )
    layout = layout_of(tree)
    assert layout.modules == ("calc", "flat", "loose", "single", "tests", "vendor.cloud.storage")
    assert layout.roots == ("src", ".")
    assert layout.measured == ("flat", "loose.py", "src/calc", "src/single.py", "src/vendor/cloud/storage")
    assert layout.sources == ("flat", ".", "src/calc", "src", "src/vendor/cloud/storage")
    assert layout.measures("flat/deep/x.py")
    assert not layout.measures("tests/test_x.py")


def test_a_source_folder_that_is_a_package_is_one(tmp_path: Path) -> None:
    layout = layout_of(write(tmp_path, "src/__init__.py", "src/main.py"))
    assert (layout.modules, layout.roots) == (("src",), (".",))


def test_where_there_are_tests(tmp_path: Path) -> None:
    assert not has_tests(write(tmp_path / "none", "calc.py", ".hidden/test_x.py", "build/test_x.py"))
    assert has_tests(write(tmp_path / "file", "deep/in/it/test_calc.py"))
    assert has_tests(write(tmp_path / "other", "calc_test.py"))
    assert has_tests(write(tmp_path / "ini", "pytest.ini"))
    (tmp_path / "cfg").mkdir()
    (tmp_path / "cfg" / "setup.cfg").write_text("[tool:pytest]\n")
    assert has_tests(tmp_path / "cfg")


def test_only_what_a_build_generates_is_copied(tmp_path: Path) -> None:
    tree = write(tmp_path / "tree", "calc/__init__.py", "calc/kept.so", "src/other/__init__.py")
    (tree / "pyproject.toml").write_text('[tool.hatch.build.hooks.vcs]\nversion-file = "calc/made.py"\n')
    root = write(
        tmp_path / "root",
        "calc/_version.py",
        "calc/made.py",
        "calc/fast.cpython-311-x86_64-linux-gnu.so",
        "calc/kept.so",
        "calc/unfinished.py",
        "calc/notes.txt",
        "elsewhere/_version.py",
        "calc.egg-info/PKG-INFO",
        "calc.egg-info/sub/ignored",
        "notes/x.egg-info/PKG-INFO",
    )
    (root / "calc" / "version.py").symlink_to("/etc/passwd")
    (root / "link.egg-info").symlink_to("/etc")
    (root / "calc" / "__version__.py").write_text("#" * 200_000)
    (tree / "calc" / "kept.so").write_text("of the commit")
    copied = copy_generated(root, tree)
    assert copied == (
        "calc/_version.py",
        "calc/fast.cpython-311-x86_64-linux-gnu.so",
        "calc/made.py",
        "calc.egg-info",
    )
    assert (tree / "calc" / "kept.so").read_text() == "of the commit"
    assert (tree / "calc" / "_version.py").stat().st_mode & 0o777 == 0o444
    assert [path.name for path in (tree / "calc.egg-info").iterdir()] == ["PKG-INFO"]
    assert copy_generated(root, tree) == ()


def test_settings_that_cannot_be_read_declare_nothing(tmp_path: Path) -> None:
    tree = write(tmp_path / "tree", "calc/__init__.py")
    (tree / "pyproject.toml").write_text("not toml [")
    assert copy_generated(write(tmp_path / "root", "calc/made.py"), tree) == ()


def test_lines_that_are_no_report_are_passed_over() -> None:
    data = b"""{"kind":"start","id":"a"}
not json
{"kind":"phase","id":"a","when":"call","outcome":"passed","seconds":0.5}
{"kind":"phase","id":"a","when":"teardown","outcome":"failed","seconds":0.1,"message":"late"}
[1, 2]
{"kind":"surprise"}
{"kind":"modules","outside":[["calc","/x/calc.py"]]}
{"kind":"modules","outside":[["calc","/x/calc.py"]]}
{"kind":"dropped","options":["--cov"]}
{"kind":"start","id":"b"}
{"kind":"phase","id":"b","wh"""
    record = read_record(data)
    assert record.results == (TestResult("a", TestOutcome.ERROR, 0.5, "late"),)
    assert (record.started, record.marker, record.exit) == ("b", None, None)
    assert record.outside == (("calc", "/x/calc.py"),)
    assert record.dropped == ("--cov",)
    assert read_record(b"").results == ()


def test_coverage_outside_of_the_tree_is_left_out() -> None:
    root = PurePosixPath("/srv/project")
    data = b"""{"files": {
        "src/a.py": {"executed_lines": [1], "missing_lines": [2]},
        "/srv/project/b.py": {"executed_lines": [3], "missing_lines": []},
        "/usr/lib/c.py": {"executed_lines": [1], "missing_lines": []}}}"""
    assert read_coverage(data, root=root) == (
        FileCoverage("b.py", (3,), ()),
        FileCoverage("src/a.py", (1,), (2,)),
    )
    for damaged in (b"", b"{", b"[]", b"{}"):
        assert read_coverage(damaged, root=root) == ()
