"""What an analyzer is shown: every line in its place, and nothing gone that differs."""

from hypothesis import given
from hypothesis import strategies as st

from autonomous.analysis.source import read_source
from autonomous.stages.checks.narrowed import narrowed


def sides(before: bytes, after: bytes) -> tuple[bytes, bytes]:
    return narrowed(read_source("a.py", before), read_source("a.py", after))


def test_what_is_alike_is_blank_and_lines_stay_where_they_are() -> None:
    before = b"import os\n\n\ndef one():\n    os.remove('a')\n\n\n@decorated\ndef two():\n    return 2\n"
    old, new = sides(before, before.replace(b"return 2", b"return 3"))
    assert old == b"import os\n\n\n\n\n\n\n@decorated\ndef two():\n    return 2\n"
    assert new == old.replace(b"return 2", b"return 3")


def test_statements_on_one_line_and_their_imports_stay() -> None:
    before = b"import os; x = 1\ny = 1; z = 2\nq = 3\n"
    assert sides(before, before) == (b"import os; x = 1\ny = 1; z = 2\n\n",) * 2


def test_a_statement_that_came_twice_is_seen_once() -> None:
    old, new = sides(b"f()\n", b"f()\nf()\n")
    assert (old, new) == (b"\n", b"\nf()\n")


STATEMENTS = st.sampled_from(
    [b"f()\n", b"import os\n", b"if a:\n    b()\n", b"x = '''\nf()\n'''\n", b"a = 1; b = 2\n", b"# words\n"]
)
MODULES = st.lists(STATEMENTS, max_size=6).map(b"".join)


@given(MODULES, MODULES)
def test_both_sides_parse_and_keep_their_length(before: bytes, after: bytes) -> None:
    for whole, part in zip((before, after), sides(before, after), strict=True):
        assert part.count(b"\n") == whole.count(b"\n")
        read_source("a.py", part)
