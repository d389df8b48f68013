"""The repository's own tests under pytest, in the sandbox, on a copy of the tree that lies over its own path."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from autonomous.adapters.suites.bench import REPORT, Bench, Export, Wish
from autonomous.adapters.suites.interpreter import NoInterpreter, describe
from autonomous.adapters.suites.report import read_record
from autonomous.adapters.suites.verdict import Ended, judge, results_of
from autonomous.model.testing import RunStatus, TestReport
from autonomous.model.workflow import Limits
from autonomous.ports.sandbox import Sandbox, SandboxBroken
from autonomous.ports.suite import TreeState

_TAIL_CHARACTERS = 20_000


class PytestSuite:
    """Runs tests on commits with replaced files.

    `root` is the real path of the user's work tree, `export` writes a commit with replaced files into a folder,
    `interpreter` is the Python of the tests, `command` how they are run when not by that Python's pytest (it must take pytest's options at its end),
    `scratch` a folder for the copies, `home` the directory that the sandbox hides.
    """

    def __init__(
        self,
        *,
        root: Path,
        export: Export,
        sandbox: Sandbox | None,
        interpreter: Path,
        scratch: Path,
        home: Path,
        limits: Limits,
        command: tuple[str, ...] = (),
    ) -> None:
        self._root, self._export, self._sandbox = root, export, sandbox
        self._interpreter, self._scratch, self._home = interpreter, scratch, home
        self._limits, self._command = limits, command
        self._sources_first = False

    @property
    def command(self) -> tuple[str, ...]:
        """The command that runs all tests."""
        return self._command or (str(self._interpreter), "-m", "pytest")

    @property
    def identity(self) -> str:
        """Command, environment and sandbox in one string: what a baseline may be cached under."""
        try:
            environment = str(describe(self._interpreter, root=self._root, home=self._home).fingerprint())
        except NoInterpreter as problem:
            environment = str(problem)
        sandbox = self._sandbox.name if self._sandbox else "no sandbox"
        return "\n".join((*self.command, environment, sandbox))

    def run(self, state: TreeState, *, tests: Sequence[str] = (), coverage: bool = False) -> TestReport:
        """Run the tests on that tree; see ports/suite.py.

        Where an installed copy of the repository's packages hides the tree, the tree's source folders go first on
        the path and the tests run again; the report is `wrong code` only when that does not help either.
        """
        if self._sandbox is None:
            return self._not_run(
                "no sandbox of this machine stops every attempt to escape; `autonomous doctor`"
            )
        wish = Wish(tuple(tests), coverage=coverage, sources_first=self._sources_first)
        try:
            interpreter = describe(self._interpreter, root=self._root, home=self._home)
            with tempfile.TemporaryDirectory(
                dir=self._scratch, prefix="tests-", ignore_cleanup_errors=True
            ) as folder:
                bench = Bench(Path(folder), root=self._root, interpreter=interpreter)
                bench.set_up(state, self._export)
                return self._run_on(bench, wish, self._sandbox)
        except (NoInterpreter, SandboxBroken) as problem:
            return self._not_run(f"{problem}; {problem.hint}")
        except OSError as problem:
            return self._not_run(f"the tree could not be copied to {self._scratch}: {problem}")

    def _run_on(self, bench: Bench, wish: Wish, sandbox: Sandbox) -> TestReport:
        if not (self._command or bench.has_tests):
            return TestReport(
                RunStatus.NO_TESTS, reason="there are no test files and no pytest settings in this tree"
            )
        report = self._run_once(bench, wish, sandbox)
        if report.status is not RunStatus.WRONG_CODE or wish.sources_first:
            return report
        again = self._run_once(bench, msgspec.structs.replace(wish, sources_first=True), sandbox)
        self._sources_first = again.status is not RunStatus.WRONG_CODE
        return again

    def _run_once(self, bench: Bench, wish: Wish, sandbox: Sandbox) -> TestReport:
        job = bench.job(self.command, wish, self._limits)
        done = sandbox.run(job)
        record = read_record(bench.written(REPORT))
        ended = Ended(
            done, record, marked=bench.is_marked_by(record.marker), reported=bench.has_written(REPORT)
        )
        status, reason = judge(ended, root=self._root, interpreter=self._interpreter)
        measured = bench.coverage() if wish.coverage else ()
        if wish.coverage and not measured and status is RunStatus.COMPLETED:
            reason = (
                f"{reason}; coverage was not measured: {self._interpreter} -m pip install coverage".strip(
                    "; "
                )
            )
        output = (done.stdout + done.stderr).decode("utf-8", "backslashreplace")
        return TestReport(
            status=status,
            results=results_of(ended),
            reason=reason,
            command=self.command,
            sandbox=sandbox.name,
            seconds=done.wall_seconds,
            coverage=measured,
            output_tail=output[-_TAIL_CHARACTERS:],
        )

    def _not_run(self, reason: str) -> TestReport:
        return TestReport(RunStatus.NOT_RUN, reason=reason, command=self.command)
