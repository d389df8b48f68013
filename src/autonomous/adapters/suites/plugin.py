"""A pytest plugin that runs inside the sandbox, in the repository's own environment, and writes what happens.

It works with pytest 6 and Python 3.8 or newer and needs nothing else. It lies in a folder with `plan.json` (what to
do) and `out/` (where the report goes, one JSON object a line). Its name there is `autonomous_report`.
The report is evidence, not authority: the tests run in the same process and could write it themselves.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
MESSAGE_CHARACTERS = 2000
MESSAGE_LINES = 15
OUTSIDE_SHOWN = 20
WRONG_CODE_EXIT = 77


class Plan:
    """What the caller wants: the tree's root and marker, its own modules, the tests to run, coverage or not."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.root: str = facts["root"]
        self.marker: str = facts["marker"]
        self.modules: set[str] = set(facts["modules"])
        self.foreign: list[str] = facts["foreign"]
        self.tests: set[str] = set(facts["tests"])
        self.coverage: list[str] | None = facts["coverage"]
        self.library: str = facts["library"]
        self.files = {test.split("::", 1)[0] for test in self.tests}

    def owns(self, module: str) -> bool:
        """Tell whether a module by this name belongs to the repository."""
        parts = module.split(".")
        return any(".".join(parts[:count]) in self.modules for count in range(1, len(parts) + 1))

    def inside(self, path: str) -> bool:
        """Tell whether a file lies in the tree under test, and not in an environment that lies in the tree."""
        real = os.path.realpath(path)
        return _below(real, self.root) and not any(_below(real, folder) for folder in self.foreign)

    def wants_path(self, path: str) -> bool:
        """Tell whether a file, or a folder, holds one of the tests that were asked for."""
        if not self.tests or not _below(path, self.root):
            return True
        relative = os.path.relpath(path, self.root).replace(os.sep, "/")
        return relative in {".", *self.files} or any(file.startswith(relative + "/") for file in self.files)

    def wants_test(self, test: str) -> bool:
        """Tell whether a test was asked for, by its id or by the id of what holds it."""
        if not self.tests or test in self.tests:
            return True
        return any(test.startswith(wanted + "::") for wanted in self.tests)


class Recorder:
    """Writes lines to the report and measures coverage when asked to."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.is_worker = False
        self._measure: Any = None
        self._out = os.open(str(HERE / "out" / "report.jsonl"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def write(self, kind: str, **facts: object) -> None:
        """Write one line with one system call, so that lines of several processes do not mix."""
        os.write(self._out, json.dumps({"kind": kind, **facts}).encode("ascii") + b"\n")

    def start_coverage(self) -> None:
        """Begin to measure, before any module of the repository is imported."""
        if self.plan.coverage is None:
            return
        if importlib.util.find_spec("coverage") is None and self.plan.library:
            sys.path.append(self.plan.library)
        if importlib.util.find_spec("coverage") is None:
            return
        import coverage

        self._measure = coverage.Coverage(data_file=None, config_file=False, source=self.plan.coverage)
        self._measure.start()

    def finish_coverage(self) -> None:
        """Stop to measure and write the result beside the report."""
        if self._measure is None:
            return
        import coverage

        self._measure.stop()
        try:
            self._measure.json_report(outfile=str(HERE / "out" / "coverage.json"), ignore_errors=True)
        except coverage.CoverageException as error:
            self.write("coverage", problem=str(error))

    def write_modules(self) -> list[list[str]]:
        """Write where the repository's own modules came from; return those from anywhere else."""
        found = [(name, path) for name, path in _files_of_modules() if self.plan.owns(name)]
        outside = sorted([name, path] for name, path in found if not self.plan.inside(path))
        self.write("modules", inside=len(found) - len(outside), outside=outside[:OUTSIDE_SHOWN])
        return outside


def _below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _files_of_modules() -> Iterator[tuple[str, str]]:
    for name, module in sorted(sys.modules.items()):
        path = getattr(module, "__file__", None)
        if isinstance(path, str):
            yield name, path


def _clean(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _message(report: Any) -> str:
    lines = str(getattr(report, "longreprtext", "") or report.longrepr or "").rstrip().splitlines()
    return _clean("\n".join(lines[-MESSAGE_LINES:]))[-MESSAGE_CHARACTERS:]


def _read_plan() -> Plan:
    return Plan(json.loads((HERE / "plan.json").read_text(encoding="utf-8")))


def _leave_no_trace() -> None:
    """Take our folder out of the environment, which the tests may hand to programs they start."""
    rest = [part for part in os.environ.pop("PYTHONPATH", "").split(os.pathsep) if part and part != str(HERE)]
    if rest:
        os.environ["PYTHONPATH"] = os.pathsep.join(rest)


RECORDER = Recorder(_read_plan())
_leave_no_trace()
RECORDER.start_coverage()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(parser: Any, args: list[str]) -> None:
    """Leave out options of the repository's configuration whose plugins are not installed here."""
    known = parser.parse_known_and_unknown_args(list(args), namespace=None)
    unknown = [each for each in known[1] if each.startswith("-")]
    if not unknown:
        return
    kept: list[str] = []
    dropped: list[str] = []
    for each in args:
        value_of_dropped = bool(dropped) and kept[-1:] == [""] and not each.startswith("-")
        if each in unknown or (value_of_dropped and not Path(each.split("::")[0]).exists()):
            dropped.append(each)
            kept.append("")
        else:
            kept.append(each)
    args[:] = [each for each in kept if each]
    RECORDER.write("dropped", options=[_clean(each) for each in dropped])


def pytest_configure(config: Any) -> None:
    """Prove that the tree that is seen here is the copy: read the marker that was put into it, and remove it."""
    RECORDER.is_worker = hasattr(config, "workerinput")
    if RECORDER.is_worker:
        return
    marker = Path(RECORDER.plan.root) / RECORDER.plan.marker
    try:
        found = marker.read_text(encoding="ascii")
        marker.unlink()
    except OSError as error:
        found = str(error)
    RECORDER.write("marker", found=_clean(found), python=sys.version.split()[0], pytest=pytest.__version__)


def _ignore(path: object) -> bool | None:
    return None if RECORDER.plan.wants_path(os.path.realpath(str(path))) else True


if int(pytest.__version__.split(".", maxsplit=1)[0]) >= 7:  # noqa: PLR2004 - the argument has another name since

    def pytest_ignore_collect(collection_path: object) -> bool | None:
        """Look only into files that hold the tests that were asked for."""
        return _ignore(collection_path)

else:

    def pytest_ignore_collect(path: object) -> bool | None:  # type: ignore[misc]  # the older signature
        """Look only into files that hold the tests that were asked for."""
        return _ignore(path)


def pytest_collection_modifyitems(config: Any, items: list[Any]) -> None:
    """Keep only the tests that were asked for."""
    others = [item for item in items if not RECORDER.plan.wants_test(item.nodeid)]
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if RECORDER.plan.wants_test(item.nodeid)]


def pytest_collectreport(report: Any) -> None:
    """Record what could not be collected, or was skipped as a whole."""
    if report.outcome != "passed" and not RECORDER.is_worker:
        RECORDER.write("collect", id=_clean(report.nodeid), outcome=report.outcome, message=_message(report))


def pytest_collection_finish() -> None:
    """Stop at once when the tests have imported the wrong code: nothing that follows would mean anything."""
    if RECORDER.write_modules():
        pytest.exit("modules of this repository were imported from outside of it", returncode=WRONG_CODE_EXIT)


def pytest_runtest_logstart(nodeid: str) -> None:
    """Record the start, so that a test that takes the process down has a name."""
    if not RECORDER.is_worker:
        RECORDER.write("start", id=_clean(nodeid))


def pytest_runtest_logreport(report: Any) -> None:
    """Record each phase that says something."""
    if RECORDER.is_worker or (report.when != "call" and report.outcome == "passed"):
        return
    RECORDER.write(
        "phase",
        id=_clean(report.nodeid),
        when=report.when,
        outcome=report.outcome,
        xfail=hasattr(report, "wasxfail"),
        seconds=round(float(report.duration), 6),
        message="" if report.outcome == "passed" else _message(report),
    )


def pytest_sessionfinish(exitstatus: int) -> None:
    """Record the end: a report without one was cut off."""
    RECORDER.write_modules()
    RECORDER.finish_coverage()
    if not RECORDER.is_worker:
        RECORDER.write("end", exit=int(exitstatus))
