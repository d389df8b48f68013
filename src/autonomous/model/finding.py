"""What a scan finds, and what it could not read."""

import msgspec

from autonomous.model.digest import Digest
from autonomous.model.kinds import Category, Safety, Severity


class Span(msgspec.Struct, frozen=True, order=True):
    """A place in a file: lines and columns count from 1, columns in characters, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class TraceStep(msgspec.Struct, frozen=True):
    """One step of the path that data took: where, and what happened there."""

    path: str
    span: Span
    note: str


class Finding(msgspec.Struct, frozen=True):
    """One fault at one place. `fingerprint` holds no line number, so it survives edits above the place."""

    rule: str  # "AUT101"
    name: str  # "subprocess-shell"
    title: str
    category: Category
    severity: Severity
    confidence: float  # 0..1
    path: str  # POSIX, relative to the root of the scan
    span: Span
    message: str
    fingerprint: Digest
    symbol: str = ""  # enclosing "Class.function", empty at module level
    excerpt: tuple[str, ...] = ()  # source lines of the span, without line ends, three at most
    fix: Safety | None = None  # the safest fix that applies here, None where there is none
    cwe: tuple[int, ...] = ()
    trace: tuple[TraceStep, ...] = ()  # source, steps, sink; empty for rules that follow no data
    engine: str = "own"

    @property
    def id(self) -> str:
        """The fingerprint: what `propose` and `explain` take, shortened as git does."""
        return self.fingerprint


class Unreadable(msgspec.Struct, frozen=True):
    """A file that was not scanned, and why; a scan that has one is incomplete."""

    path: str
    reason: str


class Target(msgspec.Struct, frozen=True):
    """What to scan: paths below the root (all when empty), and of those only the given line ranges, if any.

    `lines` maps a path to ranges of lines, both ends included, as a diff names them.
    """

    paths: tuple[str, ...] = ()
    lines: dict[str, tuple[tuple[int, int], ...]] | None = None

    def covers(self, path: str, span: Span) -> bool:
        """Tell whether a place lies within the ranges; always true without ranges."""
        if self.lines is None:
            return True
        return any(span.line <= last and first <= span.end_line for first, last in self.lines.get(path, ()))


class FileScan(msgspec.Struct, frozen=True):
    """What one file gave: its findings in order, or why it could not be read."""

    path: str
    findings: tuple[Finding, ...] = ()
    suppressed: int = 0
    unreadable: str = ""
    unused_ignores: tuple[int, ...] = ()  # lines of ignores that silence nothing
    bare_ignores: tuple[int, ...] = ()  # lines of ignores without a reason


class ScanSummary(msgspec.Struct, frozen=True):
    """What a whole scan counted."""

    files: int
    findings: int
    suppressed: int = 0
    unreadable: tuple[Unreadable, ...] = ()
    seconds: float = 0.0
