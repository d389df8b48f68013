"""Which lines of a file a change touches, counted before and after it."""

import msgspec

from autonomous.model.change import FileEdit
from autonomous.model.finding import Finding
from autonomous.model.patch import hunks_between


class ChangedLines(msgspec.Struct, frozen=True):
    """Line numbers from 1: those removed, as they were before, and those written, as they are after."""

    before: frozenset[int]
    after: frozenset[int]


def changed_lines(edit: FileEdit) -> ChangedLines:
    """Return the lines of all hunks of an edit."""
    before: set[int] = set()
    after: set[int] = set()
    shift = 0
    for hunk in hunks_between(edit.before or b"", edit.after or b""):
        before.update(range(hunk.start + 1, hunk.end + 1))
        first = hunk.start + shift + 1
        after.update(range(first, first + len(hunk.lines)))
        shift += len(hunk.lines) - (hunk.end - hunk.start)
    return ChangedLines(frozenset(before), frozenset(after))


def touches(finding: Finding, lines: frozenset[int]) -> bool:
    """Tell whether the finding spans one of the lines."""
    return any(line in lines for line in range(finding.span.line, finding.span.end_line + 1))
