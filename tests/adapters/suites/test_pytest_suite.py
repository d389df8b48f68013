"""Real pytest in the real sandbox on real trees: what it reports, and that it tests the right code."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import distribution
from pathlib import Path
from textwrap import dedent

import msgspec
import pytest

from autonomous.adapters.sandbox.bubblewrap import Bubblewrap, installed
from autonomous.adapters.suites.bench import free_scratch
from autonomous.adapters.suites.pytest_suite import PytestSuite
from autonomous.model.testing import RunStatus, TestOutcome, TestReport
from autonomous.model.workflow import Limits
from autonomous.ports.sandbox import Job, JobResult, Mount, Probe, Sandbox, SandboxBroken
from autonomous.ports.suite import TreeState

PACKAGES = ("pytest", "pluggy", "iniconfig", "packaging", "pygments")
ADD = "def add(a, b):\n    return a + b\n"
USES_ADD = "from calc import add\n\ndef test_add():\n    assert add(1, 2) == 3\n"


@pytest.fixture(scope="session")
def box(tmp_path_factory: pytest.TempPathFactory) -> Bubblewrap:
    return installed(cache=tmp_path_factory.mktemp("probe"), home=Path.home())[0]


@pytest.fixture(scope="session")
def environments(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A virtual environment with nothing in it, and one with pytest alone."""
    folder = tmp_path_factory.mktemp("environments")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "bare"], check=True)
    shutil.copytree(folder / "bare", folder / "full", symlinks=True)
    for name in PACKAGES:
        for file in distribution(name).files or ():
            if ".." not in file.parts and "__pycache__" not in file.parts:
                target = site_packages(folder / "full") / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file.locate(), target)
    return folder / "bare", folder / "full"


def site_packages(environment: Path) -> Path:
    return next(environment.glob("lib/python3*/site-packages"))


class Project:
    """A work tree of the user, and a commit that may differ from it."""

    def __init__(self, folder: Path, box: Sandbox | None, commit: Mapping[str, str]) -> None:
        self.root, self.box, self.scratch = folder / "project", box, folder / "scratch"
        self.commit = {path: dedent(text) for path, text in commit.items()}
        self.scratch.mkdir()
        self.work(
            {
                path: "raise SystemExit('this is the work tree')\n"
                for path in self.commit
                if path.endswith(".py")
            }
        )

    def work(self, files: Mapping[str, str]) -> None:
        """Write files of the user's work tree."""
        for path, text in files.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(dedent(text))

    def export(self, commit: str, into: Path, overlay: Mapping[str, bytes | None]) -> None:
        assert commit == "tip"
        contents = {path: text.encode() for path, text in self.commit.items()} | dict(overlay)
        for path, data in contents.items():
            if data is not None:
                (into / path).parent.mkdir(parents=True, exist_ok=True)
                (into / path).write_bytes(data)

    def suite(
        self, *, python: Path | None = None, command: tuple[str, ...] = (), seconds: float = 60.0
    ) -> PytestSuite:
        return PytestSuite(
            root=self.root,
            export=self.export,
            sandbox=self.box,
            interpreter=python or Path(sys.executable),
            scratch=self.scratch,
            home=Path.home(),
            limits=Limits(test_seconds=seconds),
            command=command,
        )

    def run(self, *tests: str, coverage: bool = False, **settings: object) -> TestReport:
        report = self.suite(**settings).run(TreeState("tip"), tests=tests, coverage=coverage)  # type: ignore[arg-type]
        assert list(self.scratch.iterdir()) == [], "the copy is gone"
        return report


def outcomes(report: TestReport) -> dict[str, str]:
    return {result.id: result.outcome.value for result in report.results}


def test_every_outcome_is_reported(tmp_path: Path, box: Bubblewrap) -> None:
    tests = """
        import unittest
        import pytest
        from pytest import mark

        @pytest.fixture
        def broken():
            raise RuntimeError("no fixture")

        @pytest.fixture
        def untidy():
            yield
            raise RuntimeError("cannot tidy up")

        def test_passes(): pass
        def test_fails(): assert 1 == 2, "one is not two"
        def test_errors(broken): pass
        def test_untidy(untidy): pass
        @mark.skip(reason="later")
        def test_skipped(): pass
        @mark.xfail
        def test_xfails(): assert False
        @mark.xfail
        def test_xpasses(): pass
        @mark.xfail(strict=True)
        def test_strict(): pass
        @pytest.mark.parametrize("text", ["ü", "a b"])
        def test_many(text): assert text != "ü"

        class Case(unittest.TestCase):
            def test_part(self):
                for number in (1, 2):
                    with self.subTest(number=number):
                        self.assertEqual(number, 1)
    """
    project = Project(tmp_path, box, {"test_all.py": tests, "test_broken.py": "import missing_module\n"})
    report = project.run()
    assert report.status is RunStatus.COMPLETED, report.reason
    assert outcomes(report) == {
        "test_broken.py": "error",
        "test_all.py::test_passes": "passed",
        "test_all.py::test_fails": "failed",
        "test_all.py::test_errors": "error",
        "test_all.py::test_untidy": "error",
        "test_all.py::test_skipped": "skipped",
        "test_all.py::test_xfails": "xfailed",
        "test_all.py::test_xpasses": "xpassed",
        "test_all.py::test_strict": "failed",
        "test_all.py::test_many[\\xfc]": "failed",
        "test_all.py::test_many[a b]": "passed",
        "test_all.py::Case::test_part": "failed",
    }
    messages = {result.id: result.message for result in report.results}
    assert "one is not two" in messages["test_all.py::test_fails"]
    assert "missing_module" in messages["test_broken.py"]
    assert report.sandbox.startswith("bwrap")
    assert report.command[1:] == ("-m", "pytest")
    assert "short test summary" in report.output_tail


def test_replaced_and_removed_files_are_tested(tmp_path: Path, box: Bubblewrap) -> None:
    project = Project(
        tmp_path, box, {"calc.py": ADD, "test_calc.py": USES_ADD, "test_old.py": "def test_old(): pass\n"}
    )
    suite = project.suite()
    assert outcomes(suite.run(TreeState("tip"))) == {
        "test_calc.py::test_add": "passed",
        "test_old.py::test_old": "passed",
    }
    changed = TreeState("tip", {"calc.py": b"def add(a, b):\n    return a - b\n", "test_old.py": None})
    assert outcomes(suite.run(changed)) == {"test_calc.py::test_add": "failed"}


def test_an_editable_installation_resolves_to_the_copy(
    tmp_path: Path, box: Bubblewrap, environments: tuple[Path, Path]
) -> None:
    environment = tmp_path / "environment"
    shutil.copytree(environments[1], environment, symlinks=True)
    project = Project(tmp_path, box, {"src/calc/__init__.py": ADD, "tests/test_calc.py": USES_ADD})
    (site_packages(environment) / "calc.pth").write_text(f"{project.root}/src\n")
    report = project.run(python=environment / "bin" / "python")
    assert (report.status, report.reason) == (RunStatus.COMPLETED, "")
    assert outcomes(report) == {"tests/test_calc.py::test_add": "passed"}


def test_an_environment_in_the_tree_is_shown_read_only(
    tmp_path: Path, box: Bubblewrap, environments: tuple[Path, Path]
) -> None:
    tests = """
        import sys, pathlib, pytest
        def test_place():
            place = pathlib.Path(__file__).parent / ".venv"
            assert sys.prefix == str(place)
            with pytest.raises(OSError):
                (place / "new").touch()
    """
    project = Project(tmp_path, box, {"test_place.py": tests})
    shutil.copytree(environments[1], project.root / ".venv", symlinks=True)
    report = project.run(python=project.root / ".venv" / "bin" / "python")
    assert outcomes(report) == {"test_place.py::test_place": "passed"}, report.output_tail


def test_an_environment_may_reach_its_python_over_links(
    tmp_path: Path, box: Bubblewrap, environments: tuple[Path, Path]
) -> None:
    environment, links = tmp_path / "environment", tmp_path / "links"
    shutil.copytree(environments[1], environment, symlinks=True)
    links.mkdir()
    (links / "python3").symlink_to(Path(sys.executable).resolve())
    (links / "secret").write_text("not shown")
    for path in (environment / "bin").glob("python*"):
        path.unlink()
        path.symlink_to(links / "python3")
    tests = f"import os\ndef test(): assert os.listdir({str(links)!r}) == ['python3']\n"
    report = Project(tmp_path, box, {"test_it.py": tests}).run(python=environment / "bin" / "python")
    assert outcomes(report) == {"test_it.py::test": "passed"}, report.reason + report.output_tail


def test_nothing_of_the_home_around_the_project_is_seen(tmp_path: Path, box: Bubblewrap) -> None:
    (tmp_path / "letter").write_text("private")
    inside = Bubblewrap(box._binary, source="bundled", cache=tmp_path, home=tmp_path)
    tests = f"""
        import os, pathlib, pytest
        home = pathlib.Path({str(tmp_path)!r})
        def test_home():
            assert [path.name for path in home.iterdir()] == ["project"]
            with pytest.raises(OSError):
                (home / "new").touch()
            (home / "project" / "new").touch()
            (pathlib.Path.home() / "new").touch()
    """
    report = Project(tmp_path, inside, {"test_it.py": tests}).run()
    assert outcomes(report) == {"test_it.py::test_home": "passed"}, report.reason + report.output_tail
    assert (tmp_path / "letter").read_text() == "private"


def test_an_installed_copy_does_not_hide_the_tree(
    tmp_path: Path, box: Bubblewrap, environments: tuple[Path, Path]
) -> None:
    environment = tmp_path / "environment"
    shutil.copytree(environments[1], environment, symlinks=True)
    shadow = site_packages(environment) / "calc"
    shadow.mkdir()
    (shadow / "__init__.py").write_text("def add(a, b):\n    return 0\n")
    project = Project(tmp_path, box, {"src/calc/__init__.py": ADD, "tests/test_calc.py": USES_ADD})
    suite = project.suite(python=environment / "bin" / "python")
    for _ in range(2):
        report = suite.run(TreeState("tip"))
        assert (report.status, report.reason) == (RunStatus.COMPLETED, "")
        assert outcomes(report) == {"tests/test_calc.py::test_add": "passed"}
    path = site_packages(environment) / "first.pth"
    path.write_text(f"import sys; sys.path.insert(0, {str(shadow.parent)!r})\n")
    for _ in range(2):
        report = suite.run(TreeState("tip"))
        assert report.status is RunStatus.WRONG_CODE
        assert f"import calc from {shadow}/__init__.py, not from {project.root}" in report.reason
        assert "pip install --editable" in report.reason
        assert report.results == (), "nothing was run with the wrong code"


class ElseWhere:
    """A sandbox that shows the user's tree and not the copy: the mistake that the marker is there to find."""

    def __init__(self, box: Bubblewrap, root: Path) -> None:
        self.box, self.root, self.name = box, root, box.name

    def probe(self) -> Probe:
        return self.box.probe()

    def run(self, job: Job) -> JobResult:
        mounts = tuple(
            each if each.target != self.root else Mount(self.root, self.root) for each in job.mounts
        )
        return self.box.run(msgspec.structs.replace(job, mounts=mounts))


def test_a_tree_without_the_marker_is_the_wrong_code(tmp_path: Path, box: Bubblewrap) -> None:
    project = Project(tmp_path, None, {"calc.py": ADD, "test_calc.py": USES_ADD})
    project.work({"calc.py": ADD, "test_calc.py": USES_ADD})
    project.box = ElseWhere(box, project.root)
    report = project.run()
    assert report.status is RunStatus.WRONG_CODE
    assert f"{project.root} is not the copy" in report.reason


def test_a_test_that_hangs_ends_the_run_and_keeps_what_was_done(tmp_path: Path, box: Bubblewrap) -> None:
    tests = "import signal\ndef test_one(): pass\ndef test_hangs(): signal.pause()\ndef test_never(): pass\n"
    report = Project(tmp_path, box, {"test_it.py": tests}).run(seconds=8.0)
    assert report.status is RunStatus.TIMED_OUT
    assert report.reason == "no end after 8 seconds; the last test that started is test_it.py::test_hangs"
    assert outcomes(report) == {"test_it.py::test_one": "passed", "test_it.py::test_hangs": "error"}
    assert report.seconds < 15


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("os._exit(3)", "the run ended with exit code 3 and no report"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "the run was ended by signal 11"),
        (
            "[os.fork() or signal.pause() for _ in range(520)]; signal.pause()",
            "stopped by a limit, processes: more than 512",
        ),
    ],
)
def test_a_crash_names_the_last_test(tmp_path: Path, box: Bubblewrap, end: str, reason: str) -> None:
    tests = f"import os, signal\ndef test_one(): pass\ndef test_ends():\n    {end}\n"
    report = Project(tmp_path, box, {"test_it.py": tests}).run()
    assert report.status is RunStatus.CRASHED
    assert report.reason == f"{reason}; the last test that started is test_it.py::test_ends"
    assert outcomes(report) == {"test_it.py::test_one": "passed", "test_it.py::test_ends": "error"}


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (
            {"conftest.py": "import missing_module\n", "test_it.py": "def test(): pass\n"},
            "pytest did not start: ",
        ),
        ({"test_it.py": "import pytest\ndef test(): pytest.exit('enough')\n"}, "pytest was interrupted: "),
        ({"pytest.ini": "[pytest]\naddopts = no/such/file.py\n"}, "pytest did not accept its arguments"),
    ],
)
def test_a_suite_that_cannot_run_is_a_crash(
    tmp_path: Path, box: Bubblewrap, files: dict[str, str], reason: str
) -> None:
    report = Project(tmp_path, box, files).run()
    assert report.status is RunStatus.CRASHED
    assert report.reason.startswith(reason)


@pytest.mark.parametrize(
    "files", [{"calc.py": ADD}, {"pyproject.toml": "[tool.pytest.ini_options]\n", "calc.py": ADD}]
)
def test_a_tree_without_tests(tmp_path: Path, box: Bubblewrap, files: dict[str, str]) -> None:
    assert Project(tmp_path, box, files).run().status is RunStatus.NO_TESTS


def test_what_cannot_be_run_says_what_to_do(
    tmp_path: Path, box: Bubblewrap, environments: tuple[Path, Path]
) -> None:
    project = Project(tmp_path, box, {"test_it.py": "def test(): pass\n"})
    bare = environments[0] / "bin" / "python"
    assert project.run(python=bare).reason == f"{bare} has no pytest; run `{bare} -m pip install pytest`"
    assert "is not a program" in project.run(python=tmp_path / "missing").reason
    assert (
        project.run(command=("true",)).reason == "the test command did not run pytest: exit code 0, no output"
    )
    project.commit["pytest.ini"] = "[pytest]\nminversion = 999\n"
    assert "requires pytest-999" in project.run().reason
    assert "no/such/command" in project.run(command=("no/such/command",)).reason
    project.box = None
    assert "doctor" in project.run().reason
    for report in (project.run(), project.run(python=bare)):
        assert report.status is RunStatus.NOT_RUN


def test_a_full_disk_is_said(tmp_path: Path, box: Bubblewrap) -> None:
    project = Project(
        tmp_path, box, {"test_it.py": "def test(): pass\n", "test_it.py/below": "no room for this"}
    )
    report = project.run()
    assert report.status is RunStatus.NOT_RUN
    assert report.reason.startswith(f"the tree could not be copied to {project.scratch}")


class Broken:
    name = "broken 1"

    def probe(self) -> Probe:
        return Probe(self.name, usable=True, reason="")

    def run(self, job: Job) -> JobResult:
        raise SandboxBroken(self.name, "no namespaces left")


def test_a_sandbox_that_breaks_is_said(tmp_path: Path) -> None:
    report = Project(tmp_path, Broken(), {"test_it.py": "def test(): pass\n"}).run()
    assert report.status is RunStatus.NOT_RUN
    assert "the sandbox broken 1 did not start: no namespaces left" in report.reason


def test_a_command_of_the_settings_is_used(tmp_path: Path, box: Bubblewrap) -> None:
    files = {"checks/first.py": "def test(): pass\n", "checks/second.py": "def test(): pass\n"}
    report = Project(tmp_path, box, files).run(command=("pytest", "checks/second.py"))
    assert outcomes(report) == {"checks/second.py::test": "passed"}


def test_only_the_wanted_tests_run_and_only_their_files_are_imported(tmp_path: Path, box: Bubblewrap) -> None:
    many = "class TestMany:\n    def test_one(self): pass\n    def test_two(self): pass\ndef test_three(): pass\n"
    files = {
        "tests/test_many.py": many,
        "tests/deep/test_other.py": "raise SystemExit(1)\n",
        "tests/test_x.py": many,
    }
    project = Project(tmp_path, box, files)
    wanted = ["tests/test_many.py::TestMany::test_two", "tests/test_many.py::test_three"]
    assert list(outcomes(project.run(*wanted))) == wanted
    assert len(project.run("tests/test_x.py").results) == 3
    assert len(project.run("tests/test_x.py::TestMany").results) == 2
    assert project.run("tests/test_gone.py::test_one").status is RunStatus.NO_TESTS


def test_options_of_the_repository_do_not_break_the_run(
    tmp_path: Path, box: Bubblewrap, environments: tuple[Path, Path]
) -> None:
    settings = """
        [pytest]
        addopts = -x --cov=calc --cov-report term-missing -n auto --strict-config --strict-markers --benchmark-skip
        testpaths = tests
    """
    tests = "def test_fails(): assert False\ndef test_passes(): pass\n"
    files = {"pytest.ini": settings, "tests/test_it.py": tests}
    report = Project(tmp_path, box, files).run(python=environments[1] / "bin" / "python")
    assert outcomes(report) == {
        "tests/test_it.py::test_fails": "failed",
        "tests/test_it.py::test_passes": "passed",
    }
    assert report.reason.startswith("options left out because their plugins are not installed: --cov=calc")


def test_workers_of_xdist_report_too(tmp_path: Path, box: Bubblewrap) -> None:
    tests = "import pytest\n@pytest.mark.parametrize('n', range(6))\ndef test_it(n): assert n != 4\n"
    files = {
        "pytest.ini": "[pytest]\naddopts = -n 2\n",
        "test_it.py": tests,
        "test_bad.py": "import missing_module\n",
    }
    project = Project(tmp_path, box, files)
    report = project.run()
    assert report.status is RunStatus.COMPLETED, report.output_tail
    assert report.count(TestOutcome.PASSED) == 5
    assert report.bad == {"test_it.py::test_it[4]", "test_bad.py"}
    assert list(outcomes(project.run("test_it.py::test_it[4]"))) == ["test_it.py::test_it[4]"]


def test_the_tests_see_nothing_of_the_plugin(tmp_path: Path, box: Bubblewrap) -> None:
    tests = """
        import os, pathlib
        def test_environment():
            assert not [name for name in os.environ if name in {"PYTEST_ADDOPTS", "PYTHONPATH"}]
            assert sorted(path.name for path in pathlib.Path().iterdir()) == ["__pycache__", "test_it.py"]
            assert os.environ["PYTHONHASHSEED"] == "0"
    """
    report = Project(tmp_path, box, {"test_it.py": tests}).run()
    assert outcomes(report) == {"test_it.py::test_environment": "passed"}, report.output_tail


COVERED = {
    "src/calc/__init__.py": "def add(a, b):\n    return a + b\n\ndef sub(a, b):\n    return a - b\n",
    "src/calc/never.py": "x = 1\n",
    "one.py": "y = 1\n",
    "tests/test_calc.py": "import sys\nsys.path.insert(0, 'src')\nimport one\n" + USES_ADD,
    "pytest.ini": "[pytest]\naddopts = --cov=calc\n",
}


@pytest.mark.parametrize("own", [False, True], ids=["of the environment", "brought along"])
def test_coverage(tmp_path: Path, box: Bubblewrap, environments: tuple[Path, Path], own: bool) -> None:
    python = environments[1] / "bin" / "python" if own else Path(sys.executable)
    report = Project(tmp_path, box, COVERED).run(coverage=True, python=python)
    assert report.bad == frozenset(), report.output_tail
    lines = {file.path: (file.executed, file.missing) for file in report.coverage}
    assert lines == {
        "one.py": ((1,), ()),
        "src/calc/__init__.py": ((1, 2, 4), (5,)),
        "src/calc/never.py": ((), (1,)),
    }
    assert report.covered == pytest.approx(100 * 4 / 6)


def test_coverage_that_cannot_be_measured_is_said(tmp_path: Path, box: Bubblewrap) -> None:
    report = Project(tmp_path, box, {"test_it.py": "def test(): pass\n"}).run(coverage=True)
    assert report.status is RunStatus.COMPLETED
    assert "coverage was not measured" in report.reason


def test_what_git_ignores_and_the_tests_need_is_there(tmp_path: Path, box: Bubblewrap) -> None:
    files = {
        "pyproject.toml": '[tool.setuptools_scm]\nversion_file = "src/calc/made.py"\n',
        "src/calc/__init__.py": "from calc._version import version\nfrom calc.made import number\n",
        "tests/test_it.py": """
            import sys, pathlib
            sys.path.insert(0, "src")
            import importlib.metadata
            import calc
            def test_version():
                assert (calc.version, calc.number) == ("1.2.3", 4)
                assert importlib.metadata.version("calc") == "1.2.3"
                assert not pathlib.Path("src/calc/unfinished.py").exists()
        """,
    }
    project = Project(tmp_path, box, files)
    project.work(
        {
            "src/calc/_version.py": "version = '1.2.3'\n",
            "src/calc/made.py": "number = 4\n",
            "src/calc/unfinished.py": "",
            "src/calc.egg-info/PKG-INFO": "Metadata-Version: 2.1\nName: calc\nVersion: 1.2.3\n",
        }
    )
    report = project.run()
    assert outcomes(report) == {"tests/test_it.py::test_version": "passed"}, report.output_tail


def test_the_identity_changes_with_what_is_installed(
    tmp_path: Path, box: Bubblewrap, environments: tuple[Path, Path]
) -> None:
    environment = tmp_path / "environment"
    shutil.copytree(environments[0], environment, symlinks=True)
    project = Project(tmp_path, box, {})
    python = environment / "bin" / "python"
    before = project.suite(python=python).identity
    assert before == project.suite(python=python).identity
    (site_packages(environment) / "pytest-9.9.dist-info").mkdir()
    assert before != project.suite(python=python).identity
    assert project.suite(command=("pytest",)).identity != project.suite().identity
    assert "is not a program" in project.suite(python=tmp_path / "missing").identity


def test_scratch_goes_where_there_is_room(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    assert free_scratch([missing, tmp_path], need_bytes=1) == tmp_path
    assert free_scratch([tmp_path, Path("/")], need_bytes=1 << 62) == Path("/")


def test_a_report_without_end_is_read_in_part(tmp_path: Path, box: Bubblewrap) -> None:
    fill = """
        def test_fills_the_report():
            line = b'{"kind":"phase","id":"forged","outcome":"passed"}' + b" " * 1_000_000 + b"\\n"
            with open("/tmp/.autonomous/out/report.jsonl", "ab") as report:
                for _ in range(80):
                    report.write(line)
    """
    report = Project(tmp_path, box, {"test_it.py": fill}).run()
    assert report.status is RunStatus.CRASHED
    assert "no report" in report.reason


def test_the_users_tree_is_as_it_was(tmp_path: Path, box: Bubblewrap) -> None:
    tests = "import pathlib\ndef test(): pathlib.Path(__file__).write_text('changed')\n"
    project = Project(tmp_path, box, {"test_it.py": tests})
    before = {path: path.stat() for path in project.root.rglob("*")}
    assert project.run().bad == frozenset()
    assert {path: path.stat() for path in project.root.rglob("*")} == before
    assert [path.name for path in project.root.iterdir()] == ["test_it.py"]
