"""Words are broken into lines that fit, and none is lost."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from autonomous.cli.render.console import animated, console, counted, seconds
from autonomous.cli.render.layout import flow

WORDS = st.lists(st.text(st.sampled_from("abc漢é"), min_size=1, max_size=70)).map(" ".join)


@given(words=WORDS, width=st.integers(25, 80))
def test_lines_fit_and_nothing_is_lost(words: str, width: int) -> None:
    lines = flow(words, indent=" | ", width=width).plain.split("\n")
    assert all(line.startswith(" | ") for line in lines)
    assert max(map(cell_len, lines)) <= width
    assert "".join(line[3:] for line in lines).replace(" ", "") == words.replace(" ", "")


def test_the_first_line_may_begin_differently() -> None:
    text = flow("aa bb cc dd ee ff gg hh", indent="> ", hang="  ", width=22)
    assert text.plain == "> aa bb cc dd ee ff gg\n  hh"


@given(words=WORDS.map(lambda words: words.replace(" a", " · a")), width=st.integers(25, 80))
def test_parts_fit_too_and_nothing_is_lost(words: str, width: int) -> None:
    lines = flow(words, indent=" | ", width=width, between=" · ").plain.split("\n")
    assert max(map(cell_len, lines)) <= width
    assert "".join(line[3:] for line in lines).replace(" ", "") == words.replace(" ", "")


def test_parts_stay_whole_where_they_can() -> None:
    text = flow(
        "types ok · nothing new · a very long one that fits nowhere", indent="", width=20, between=" · "
    )
    assert text.plain.split("\n") == ["types ok ·", "nothing new ·", "a very long one", "that fits nowhere"]


def test_numbers_come_with_their_noun() -> None:
    assert [counted(1, "file"), counted(2, "file"), counted(2, "try", "tries")] == [
        "1 file",
        "2 files",
        "2 tries",
    ]


def test_times_are_as_exact_as_they_help() -> None:
    assert [seconds(0.31), seconds(19.94), seconds(31.4), seconds(125.2)] == [
        "0.3 s",
        "19.9 s",
        "31 s",
        "2 min 5 s",
    ]


def test_a_file_is_never_animated(tmp_path) -> None:
    with (tmp_path / "out").open("w") as stream:
        assert animated(console(stream)) is False
