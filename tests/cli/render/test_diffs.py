"""A diff shows every changed line whole, where it is, and what in it changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from autonomous.cli.render.diffs import change
from autonomous.cli.render.sections import sections
from autonomous.model.change import FileEdit
from autonomous.model.patch import split_lines

BEFORE = b"""\
import os


@final
class Client:
    def archive(self, name):
        try:
            run(f"tar {name}", shell=True)
        except OSError:
            pass
        match name:
            case "x":
                go = 1
"""
NO_END, LEAD = "\\ no line end here", 7  # cells of a number with its sign
SIDES = st.lists(st.sampled_from([b"a = 1", b"b", b"", b"  c = call(x)", b"  c = call(y)"]), max_size=14).map(
    b"\n".join
)


def edit(*swaps: tuple[str, str], before: bytes = BEFORE) -> FileEdit:
    after = before.decode()
    for old, new in swaps:
        assert old in after
        after = after.replace(old, new)
    return FileEdit("src/client.py", before, after.encode())


def rows(*edits: FileEdit, width: int = 80, sides: bool | None = None) -> list[str]:
    return [line.plain for line in change(edits, width=width, sides=sides)]


def test_unified_with_the_place_in_the_code() -> None:
    assert rows(edit(('f"tar {name}", shell=True', '["tar", name]'))) == [
        "   @@ Client.archive · line 8 @@",
        "  class Client:",
        "      def archive(self, name):",
        "          try:",
        ' -            run(f"tar {name}", shell=True)',
        ' +            run(["tar", name])',
        "          except OSError:",
        "              pass",
        "          match name:",
    ]


def test_places_far_apart_are_sections_of_their_own_and_near_ones_are_one() -> None:
    far = rows(edit(("import os", "import os\nimport re"), ("go = 1", "go = 2")))
    assert [line for line in far if "@@" in line] == ["   @@ line 2 @@", "   @@ Client.archive · line 13 @@"]
    near = rows(edit(("run(", "walk("), ("pass", "raise")))
    assert len([line for line in near if "@@" in line]) == 1


def test_a_decorator_belongs_to_what_it_decorates() -> None:
    assert rows(edit(("@final", "@frozen")))[0] == "   @@ Client · line 4 @@"


def test_a_file_that_does_not_parse_is_shown_without_names() -> None:
    assert rows(edit(("run(", "walk("), before=BEFORE.replace(b"match", b"matsch")))[0] == "   @@ line 8 @@"


def test_new_and_removed_files_are_named() -> None:
    new, gone = FileEdit("n.py", None, b"a\n"), FileEdit("g\x1b.py", b"a\n", None)
    assert rows(new) == ["   n.py (new file)", "   @@ line 1 @@", " +a"]
    assert rows(gone) == ["   g\\x1b.py (the file goes)", "   @@ line 1 @@", " -a"]


def test_several_files_have_their_names() -> None:
    one, other = FileEdit("a.py", b"a\n", b"b\n"), FileEdit("b.py", b"a\n", b"b\n")
    assert [line for line in rows(one, other) if line.endswith(".py")] == ["   a.py", "   b.py"]


def test_what_cannot_be_seen_is_shown() -> None:
    assert rows(FileEdit("a.py", b"x = 1  \n\ty\nend", b"x = 1\n    y\nend\n")) == [
        "   @@ line 1 @@",
        " -x = 1··",
        " -→   y",
        " -end",
        "  \\ no line end here",
        " +x = 1",
        " +    y",
        " +end",
    ]


def test_line_ends_are_shown_only_where_they_differ() -> None:
    assert rows(FileEdit("a.py", b"a\r\n", b"b\r\n"))[1:] == [" -a", " +b"]
    assert rows(FileEdit("a.py", b"a\r\n", b"a\n"))[1:] == [" -a\\x0d", " +a"]


def test_bytes_that_are_no_text_and_hostile_ones_are_escapes() -> None:
    shown = "\n".join(rows(FileEdit("a.py", b"\xff\x1b[2J\n", "\u202e\u0430bc\n".encode())))
    assert " -\\xff\\x1b[2J" in shown
    assert " +\\u202e\\u0430bc" in shown


def test_words_that_changed_are_marked() -> None:
    lines = list(change([FileEdit("a.py", b"run(a, shell=True)\n", b"run(a, check=True)\n")], width=80))
    marked = [
        line.plain[span.start : span.end] for line in lines for span in line.spans if "reverse" in span.style
    ]
    assert marked == ["shell", "check"]


@pytest.mark.parametrize("new", [b"something = else_entirely\n", b"x" * 3000 + b"\n"])
def test_lines_with_nothing_in_common_are_not_marked(new: bytes) -> None:
    lines = list(change([FileEdit("a.py", b"run(a)\n", new)], width=80))
    assert not [span for line in lines for span in line.spans if "reverse" in str(span.style)]


def test_side_by_side() -> None:
    got = rows(edit(('f"tar {name}", shell=True', '["tar", name]')), width=100, sides=True)
    assert got[4:6] == [
        '    8 -            run(f"tar {name}", shell=True │     8 +            run(["tar", name])',
        "       )                                         │ ",
    ]


def test_side_by_side_keeps_numbers_of_both_sides_and_breaks_wide_letters() -> None:
    got = rows(
        FileEdit("a.py", b"a\nb\n", "a\nx\n漢漢漢漢漢漢漢漢漢漢漢漢\nb".encode()), width=43, sides=True
    )
    assert got == [
        "   @@ line 2 @@",
        "    1  a             │     1  a",
        "    2 -b             │     2 +x",
        "                     │     3 +漢漢漢漢漢漢",
        "                     │        漢漢漢漢漢漢",
        "                     │     4 +b \\ no line e",
        "                     │        nd here",
    ]


def test_a_wide_screen_has_two_columns_by_itself() -> None:
    wanted = edit(("go = 1", "go = 2"))
    assert rows(wanted, width=140) == rows(wanted, width=140, sides=True)
    assert rows(wanted, width=139) == rows(wanted, width=139, sides=False)
    assert rows(wanted, width=200, sides=False) == rows(wanted, width=80)


def test_a_very_long_line_is_whole() -> None:
    wanted = FileEdit("a.py", b"a\n", b"x" * 5000 + b"\n")
    assert " +" + "x" * 5000 in rows(wanted)
    assert sum(line.count("x") for line in rows(wanted, width=80, sides=True)) == 5000


@given(before=SIDES, after=SIDES)
def test_sections_hold_every_changed_line_at_its_number(before: bytes, after: bytes) -> None:
    wanted = FileEdit("a.py", before, after)
    old, new = split_lines(before), split_lines(after)
    seen = [(pair, side) for section in sections(wanted) for pair in section.pairs for side in (0, 1)]
    for pair, side in seen:
        line = pair[side]
        if line is not None:
            raw = (old, new)[side][line.number - 1]
            assert line.text + ("\n" if line.ended else "") == raw.decode()
    added, removed = wanted.added_and_removed()
    changed = [side for pair, side in seen if (line := pair[side]) is not None and line.changed]
    assert (changed.count(1), changed.count(0)) == (added, removed)


@given(before=SIDES, after=SIDES, width=st.integers(30, 60))
def test_two_columns_fit_and_lose_nothing(before: bytes, after: bytes, width: int) -> None:
    wanted = FileEdit("a.py", before, after)
    got = rows(wanted, width=width, sides=True)
    assert all(cell_len(line) <= width for line in got if "@@" not in line)
    columns = [line.split(" │ ") for line in got if "@@" not in line]
    for side in (0, 1):
        lines = [pair[side] for section in sections(wanted) for pair in section.pairs]
        whole = "".join(line.text + ("" if line.ended else NO_END) for line in lines if line is not None)
        shown = "".join(column[side][LEAD:] for column in columns)
        assert shown.replace(" ", "") == whole.replace(" ", "")
