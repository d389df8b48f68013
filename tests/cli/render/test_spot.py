"""A marked line fits the screen, shows its spot, and counts wide characters and tabs as a terminal does."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from autonomous.cli.render.spot import Marked, expand, mark

LINES = st.text(st.sampled_from("ab \t漢é\x1b\u202e"), max_size=60)


def test_a_short_line_stays_whole() -> None:
    assert mark("x = call(y)", start=4, end=11, width=40) == Marked("x = call(y)", 4, 11)


def test_tabs_are_stops_and_wide_letters_take_two_cells() -> None:
    assert mark("\tif a:\t漢 = b", start=7, end=8, width=40) == Marked("    if a:   漢 = b", 12, 14)


def test_escapes_take_the_cells_that_they_show() -> None:
    assert mark("a\x1bb", start=2, end=3, width=40) == Marked("a\\x1bb", 5, 6)


def test_a_long_line_is_cut_around_the_spot() -> None:
    line = "a" * 300 + "SPOT" + "b" * 300
    shown = mark(line, start=300, end=304, width=50)
    assert shown.text == "…" + "a" * 12 + "SPOT" + "b" * 32 + "…"
    assert shown.text[shown.start : shown.end] == "SPOT"


def test_a_spot_wider_than_the_screen_is_cut_at_its_end() -> None:
    shown = mark("f(" + "x" * 100 + ")", start=0, end=103, width=30)
    assert shown == Marked("f(" + "x" * 27 + "…", 0, 29)


def test_an_empty_spot_still_has_a_mark() -> None:
    assert mark("", start=0, end=0, width=30) == Marked("", 0, 1)
    assert mark("abc", start=3, end=3, width=30) == Marked("abc", 3, 4)


def test_a_spot_behind_the_line_is_at_its_end() -> None:
    assert mark("abc", start=90, end=95, width=30) == Marked("abc", 3, 4)


def test_a_megabyte_on_one_line_costs_only_what_is_seen() -> None:
    shown = mark("x" * 1_000_000, start=500_000, end=900_000, width=60)
    assert cell_len(shown.text) == 60


@given(line=LINES, width=st.integers(30, 50), data=st.data())
def test_every_spot_of_every_line_fits(line: str, width: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    shown = mark(line, start=start, end=end, width=width)
    assert cell_len(shown.text) <= width
    assert 0 <= shown.start < shown.end <= width + 1
    if cell_len(expand(line)) <= width:
        assert shown.text == expand(line)
