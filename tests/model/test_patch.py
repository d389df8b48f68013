"""Hunks: whatever two files hold, the hunks between them turn one into the other."""

from hypothesis import given
from hypothesis import strategies as st

from autonomous.model.patch import Hunk, apply_hunks, first_overlap, hunks_between, split_lines

LINES = st.lists(st.sampled_from([b"a\n", b"b\n", b"c\r\n", b"\n", b"\x0c\n"]), max_size=12).map(b"".join)
ENDS = st.sampled_from([b"", b"x", b"\xff"])
FILES = st.builds(bytes.__add__, LINES, ENDS)


@given(FILES)
def test_lines_join_to_the_file(data: bytes) -> None:
    assert b"".join(split_lines(data)) == data


@given(FILES, FILES)
def test_hunks_turn_before_into_after(before: bytes, after: bytes) -> None:
    assert apply_hunks(before, hunks_between(before, after)) == after


@given(FILES)
def test_nothing_changed_is_no_hunk(data: bytes) -> None:
    assert hunks_between(data, data) == ()


def test_a_change_in_the_middle_is_one_small_hunk() -> None:
    assert hunks_between(b"a\nb\nc\n", b"a\nB\nc\n") == (Hunk(1, 2, (b"B\n",)),)


def test_the_same_hunk_twice_is_applied_once() -> None:
    add = Hunk(0, 0, (b"import os\n",))
    assert apply_hunks(b"x\n", [add, add]) == b"import os\nx\n"


def test_two_insertions_at_one_place_are_both_kept() -> None:
    first, second = Hunk(0, 0, (b"import os\n",)), Hunk(0, 0, (b"import re\n",))
    assert first_overlap([first], [second]) is None
    assert apply_hunks(b"x\n", [first, second]) == b"import os\nimport re\nx\n"


def test_replacements_of_one_line_overlap() -> None:
    first, second = Hunk(1, 2, (b"X\n",)), Hunk(0, 3, (b"Y\n",))
    assert first_overlap([first], [second]) == second


def test_neighbours_do_not_overlap() -> None:
    assert first_overlap([Hunk(1, 2, (b"X\n",))], [Hunk(2, 3, (b"Y\n",)), Hunk(1, 1, (b"Z\n",))]) is None
