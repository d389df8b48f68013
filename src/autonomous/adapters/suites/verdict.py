"""How a run of pytest ended: what the sandbox saw and what the plugin wrote, put into one status with its reason."""

from pathlib import Path

import msgspec

from autonomous.adapters.suites.report import Record
from autonomous.model.testing import RunStatus, TestOutcome, TestResult
from autonomous.ports.sandbox import JobResult

_NO_TESTS, _FINISHED = 5, (0, 1)  # exit statuses of pytest; 2 interrupted, 3 internal error, 4 usage
_WORDS = {
    2: "was interrupted",
    3: "had an internal error",
    4: "did not accept its arguments or a conftest.py",
}


class Ended(msgspec.Struct, frozen=True):
    """One run as it is known from outside: `marked` and `reported` say that the plugin saw the copy, and wrote."""

    done: JobResult
    record: Record
    marked: bool
    reported: bool


def judge(ended: Ended, *, root: Path, interpreter: Path) -> tuple[RunStatus, str]:
    """Return the status of a run and why; the first of these questions that is answered with yes decides.

    Wrong code? Too long? Too much? Not started? Cut off? Nothing to do? Anything but a regular end?
    """
    done, record = ended.done, ended.record
    if problem := _wrong_code(ended, root, interpreter):
        return RunStatus.WRONG_CODE, problem
    if done.timed_out:
        return RunStatus.TIMED_OUT, f"no end after {done.wall_seconds:.0f} seconds{_in_test(record)}"
    if not (ended.reported or done.breach):
        return RunStatus.NOT_RUN, _not_started(done, interpreter)
    if record.exit is None or done.breach:
        return RunStatus.CRASHED, _cut_off(done, record)
    return _regular(record.exit, done, dropped=record.dropped)


def results_of(ended: Ended) -> tuple[TestResult, ...]:
    """Return the results, and for a run that was cut off an error for the test that was running then."""
    record = ended.record
    known = {result.id for result in record.results}
    if record.exit is not None or not record.started or record.started in known:
        return record.results
    why = "still running when the time was up" if ended.done.timed_out else "the run ended in this test"
    return (*record.results, TestResult(record.started, TestOutcome.ERROR, message=why))


def _regular(status: int, done: JobResult, *, dropped: tuple[str, ...]) -> tuple[RunStatus, str]:
    if status == _NO_TESTS:
        return RunStatus.NO_TESTS, "pytest collected no tests"
    if status not in _FINISHED:
        return RunStatus.CRASHED, f"pytest {_WORDS.get(status, f'ended with {status}')}: {_last_line(done)}"
    note = f"options left out because their plugins are not installed: {' '.join(dropped)}" if dropped else ""
    return RunStatus.COMPLETED, note


def _wrong_code(ended: Ended, root: Path, interpreter: Path) -> str:
    record = ended.record
    if record.marker is not None and not ended.marked:
        return f"{root} is not the copy that should be tested there: {record.marker}"
    if not record.outside:
        return ""
    name, path = record.outside[0]
    return (
        f"the tests import {name} from {path}, not from {root}: what they say is not about this tree; "
        f"run `{interpreter} -m pip install --editable {root}`"
    )


def _not_started(done: JobResult, interpreter: Path) -> str:
    if b"No module named pytest" in done.stderr:
        return f"{interpreter} has no pytest; run `{interpreter} -m pip install pytest`"
    return f"the test command did not run pytest: {_last_line(done)}"


def _in_test(record: Record) -> str:
    return f"; the last test that started is {record.started}" if record.started else ""


def _cut_off(done: JobResult, record: Record) -> str:
    if done.breach:
        how = f"stopped by a limit, {done.breach}"
    elif record.marker is None:
        how = f"pytest did not start: {_last_line(done)}"
    elif done.returncode < 0:
        how = f"the run was ended by signal {-done.returncode}"
    else:
        how = f"the run ended with exit code {done.returncode} and no report"
    return how + _in_test(record)


def _last_line(done: JobResult) -> str:
    text = (done.stderr.strip() or done.stdout.strip()).decode("utf-8", "backslashreplace")
    return text.rpartition("\n")[2] or f"exit code {done.returncode}, no output"
