"""Reports are written where tests can write as well: nothing in them stops the program or leads out of the tree."""

from pathlib import PurePosixPath

import pytest

from autonomous.adapters.suites.report import read_coverage, read_record
from autonomous.model.testing import FileCoverage

ROOT = PurePosixPath("/w")
GOOD = b'{"kind":"phase","id":"t.py::a","when":"call","outcome":"passed"}\n'
DEEP = b"[" * 100_000 + b"]" * 100_000


@pytest.mark.parametrize(
    "line",
    [
        b'{"kind":"phase","more":' + DEEP + b"}",
        b'{"kind":"phase","id":"\\ud800","outcome":"passed"}',
        b'{"kind":"end","exit":1e999}',
        b'{"kind":["phase"]}',
        b"\xff\xfe\x00",
        b'{"kind":"pha',
    ],
    ids=["deep", "half-a-character", "endless", "wrong-type", "bytes", "cut-off"],
)
def test_a_line_that_is_no_record_is_left_out(line: bytes) -> None:
    record = read_record(GOOD + line + b"\n" + GOOD)
    assert [result.id for result in record.results] == ["t.py::a"]
    assert record.exit is None


def test_what_stands_first_counts() -> None:
    twice = b'{"kind":"marker","found":"1"}\n{"kind":"end","exit":1}\n{"kind":"marker","found":"2"}\n{"kind":"end"}\n'
    record = read_record(twice)
    assert (record.marker, record.exit) == ("1", 1)


@pytest.mark.parametrize(
    "files",
    [
        b"[1]",
        b'{"a.py":{}}',
        b'{"a.py":{"executed_lines":["x"],"missing_lines":[]}}',
        b'{"a.py":{"executed_lines":3,"missing_lines":[]}}',
        b'{"../b.py":{"executed_lines":[3],"missing_lines":[]}}',
        b'{"/elsewhere/b.py":{"executed_lines":[3],"missing_lines":[]}}',
        DEEP,
    ],
)
def test_coverage_that_was_not_written_by_coverage(files: bytes) -> None:
    assert read_coverage(b'{"files":' + files + b"}", root=ROOT) == ()


def test_coverage_of_the_tree() -> None:
    data = b'{"meta":{},"files":{"/w/a.py":{"executed_lines":[1],"missing_lines":[2],"summary":{}}}}'
    assert read_coverage(data, root=ROOT) == (FileCoverage("a.py", (1,), (2,)),)
