"""The lines that the plugin wrote, as a test report; whatever else stands there is ignored."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

import msgspec

from autonomous.model.testing import FileCoverage, TestOutcome, TestResult

_WORST_FIRST = (
    TestOutcome.ERROR,
    TestOutcome.FAILED,
    TestOutcome.XPASSED,
    TestOutcome.XFAILED,
    TestOutcome.PASSED,
    TestOutcome.SKIPPED,
)
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)  # the last for what nests without end


class _Line(msgspec.Struct, frozen=True):
    kind: str
    id: str = ""
    when: str = ""
    outcome: str = ""
    xfail: bool = False
    seconds: float = 0.0
    message: str = ""
    found: str = ""
    pytest: str = ""
    exit: int = 0
    inside: int = 0
    outside: tuple[tuple[str, str], ...] = ()
    options: tuple[str, ...] = ()
    problem: str = ""


class _Lines(msgspec.Struct, frozen=True):
    executed_lines: tuple[int, ...]
    missing_lines: tuple[int, ...]


class _Measured(msgspec.Struct, frozen=True):
    files: dict[str, _Lines]


class Record(msgspec.Struct, frozen=True):
    """What a run wrote down."""

    results: tuple[TestResult, ...]
    started: str  # the last test that began
    marker: str | None  # what was read at the marker's place, None when pytest did not get that far
    outside: tuple[tuple[str, str], ...]  # own modules that came from elsewhere, and from where
    dropped: tuple[str, ...]  # options of the repository that were left out
    exit: int | None  # pytest's exit status, None when it was cut off


def read_record(data: bytes) -> Record:
    """Read the plugin's report, also one that was cut off in the middle of a line."""
    phases: dict[str, TestResult] = {}
    outside: dict[tuple[str, str], None] = {}
    dropped: list[str] = []
    started, marker, end = "", None, None
    for line in _lines(data):
        outside |= dict.fromkeys(line.outside)
        dropped += line.options
        match line.kind:
            case "start":
                started = line.id
            case "phase" | "collect":
                phases[line.id] = _worse(phases.get(line.id), _result(line))
            case "marker" if marker is None:
                marker = line.found
            case "end" if end is None:
                end = line.exit
            case _:
                pass
    return Record(
        results=tuple(phases.values()),
        started=started,
        marker=marker,
        outside=tuple(outside),
        dropped=tuple(dropped),
        exit=end,
    )


def read_coverage(data: bytes, *, root: PurePosixPath) -> tuple[FileCoverage, ...]:
    """Read coverage's JSON report; paths become relative to `root`, those from elsewhere are left out."""
    try:
        files = msgspec.json.decode(data, type=_Measured).files
    except _UNREADABLE:
        return ()
    return tuple(sorted(_covered(files, root), key=lambda file: file.path))


def _covered(files: Mapping[str, _Lines], root: PurePosixPath) -> Iterator[FileCoverage]:
    for name, facts in files.items():
        path = root / name
        if path.is_relative_to(root) and ".." not in path.parts:
            yield FileCoverage(str(path.relative_to(root)), facts.executed_lines, facts.missing_lines)


def _lines(data: bytes) -> Iterator[_Line]:
    for line in data.splitlines():
        try:
            yield msgspec.json.decode(line, type=_Line)
        except _UNREADABLE:
            continue


def _result(line: _Line) -> TestResult:
    return TestResult(line.id, _outcome(line), line.seconds, line.message)


def _outcome(line: _Line) -> TestOutcome:
    match line.outcome, line.when:
        case "passed", _:
            return TestOutcome.XPASSED if line.xfail else TestOutcome.PASSED
        case "skipped", _:
            return TestOutcome.XFAILED if line.xfail else TestOutcome.SKIPPED
        case _, "call":
            return TestOutcome.FAILED
        case _:
            return TestOutcome.ERROR


def _worse(one: TestResult | None, other: TestResult) -> TestResult:
    """A test has several phases, and subtests: the worst of them is how it ended."""
    if one is None:
        return other
    first, _ = sorted((one, other), key=lambda result: _WORST_FIRST.index(result.outcome))
    return msgspec.structs.replace(first, seconds=max(one.seconds, other.seconds))
