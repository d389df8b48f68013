"""A case of a rule: a file before, and what must become of it."""

import re
from dataclasses import dataclass
from pathlib import Path

from autonomous.rulebook.faults import RuleBroken

DEFAULT_PATH = "src/app.py"
_DIRECTIVE = re.compile(rb"# (?P<key>path|expect): *(?P<value>[^\r\n]*?) *(?:\r\n|\n|$)")
_MARKER = re.compile(rb"^# output[ \t]*(?:\r\n|\n|$)", re.MULTILINE)
_CHECK = re.compile(rb"^def check\(", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Case:
    """`after` is None where nothing is rewritten; `expected` counts the findings, None: any number above 0."""

    stem: str
    path: str  # POSIX path that the file pretends to have
    before: bytes
    after: bytes | None
    expected: int | None

    @property
    def positive(self) -> bool:
        """True when the rule must find something."""
        return self.expected is None or self.expected > 0

    @property
    def has_check(self) -> bool:
        """True when the file defines `check()`, which must behave the same before and after."""
        return _CHECK.search(self.before) is not None


def read_case(path: Path) -> Case:
    """Read one file of cases/.

    First lines `# path: tests/test_x.py` and `# expect: 2` are instructions and no part of the case. What stands
    before a line `# output` is the input, what follows the expected result; blank lines around the marker and at
    the end do not count. Raises RuleBroken for a file that is no case.
    """
    data = path.read_bytes()
    given: dict[bytes, str] = {}
    while found := _DIRECTIVE.match(data):
        given[found["key"]] = found["value"].decode("utf-8", "replace")
        data = data[found.end() :]
    pieces = _MARKER.split(data)
    if len(pieces) > 2:  # noqa: PLR2004 - before and after
        raise RuleBroken(path, "has more than one line `# output`")
    count = given.get(b"expect", "")
    if count and not count.isdecimal():
        raise RuleBroken(path, f"`# expect: {count}` is no number")
    after = _trimmed(pieces[1]) if pieces[1:] else None
    expected = int(count) if count else 0 if after is None else None
    return Case(path.stem, given.get(b"path", DEFAULT_PATH), _trimmed(pieces[0]), after, expected)


def _trimmed(data: bytes) -> bytes:
    """Without blank lines at both ends, with one line end of the file's own kind."""
    end = b"\r\n" if b"\r\n" in data else b"\n"
    body = data.strip(b"\r\n")
    return body + end if body else b""
