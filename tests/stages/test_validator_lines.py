"""Layers that look at the text: only promised lines, comments kept, complexity."""

import ast

import pytest
from validation_samples import AFTER, BEFORE, PATH, finding_in, ports, proposal, reading

from autonomous.model.change import FileEdit
from autonomous.model.check import Verdict
from autonomous.model.finding import Span
from autonomous.stages.checks.comments_kept import comments, comments_kept
from autonomous.stages.checks.complexity import Complexity
from autonomous.stages.checks.promised_lines import Region, only_promised_lines, region_of

CODE = b"""\
import os
from json import (
    dumps,
)


class Outer(object):
    limit = bad(3)
    other = 1

    @property
    def first(self):
        def inner():
            return bad(1)

        return inner

    def second(self):
        return os.sep


if os.name:
    x = bad(2)
    y = 1
z = 1
"""


@pytest.mark.parametrize(
    ("line", "end", "region"),
    [
        (8, 8, Region(8, 8)),  # a class attribute
        (14, 14, Region(13, 14)),  # the innermost function
        (12, 16, Region(11, 16)),  # a function as a whole, with its decorator
        (11, 11, Region(11, 16)),
        (19, 19, Region(18, 19)),
        (7, 7, Region(7, 7)),  # the head of a class
        (23, 23, Region(22, 24)),  # a statement at module level, whole
        (23, 25, Region(22, 25)),  # what spans two has both
        (21, 21, Region(21, 21)),  # between statements
    ],
)
def test_region(line: int, end: int, region: Region) -> None:
    assert region_of(ast.parse(CODE), Span(line, 5, end, 9)) == region


def edited(old: bytes, new: bytes) -> bytes:
    assert CODE.count(old) == 1
    return CODE.replace(old, new)


@pytest.mark.parametrize(
    ("number", "after", "verdict"),
    [
        (1, edited(b"return bad(1)", b"return good(1)"), Verdict.PASS),
        (
            1,
            edited(b"            return bad(1)\n", b"            a = 1\n            return a\n"),
            Verdict.PASS,
        ),
        (1, edited(b"def inner():", b"def inner(a=None):"), Verdict.PASS),
        (
            1,
            edited(b"return bad(1)", b"return good(1)").replace(b"import os\n", b"import os\nimport re\n"),
            Verdict.PASS,
        ),
        (1, edited(b"    dumps,\n", b"    dumps,\n    loads,\n"), Verdict.PASS),
        (1, edited(b"import os\n", b"import os\n\nLOG = os.getLogger(1)\n"), Verdict.PASS),
        (1, edited(b"import os\n", b"import os\n\nz = 2\n"), Verdict.VETO),  # not a new name
        (1, edited(b"import os\n", b"import os\n\nos.unlink(1)\n"), Verdict.VETO),
        (1, edited(b"return os.sep", b"return os.linesep"), Verdict.VETO),
        (1, edited(b"z = 1\n", b""), Verdict.VETO),
        (1, edited(b"        return inner\n", b"        return inner  # x\n"), Verdict.VETO),
        (0, edited(b"bad(3)", b"good(3)"), Verdict.PASS),
        (0, edited(b"    other = 1\n", b"    other = 2\n"), Verdict.VETO),
        (2, edited(b"    y = 1\n", b"    y = 2\n"), Verdict.PASS),
        (2, edited(b"z = 1\n", b"z = 3\n"), Verdict.VETO),
        (
            1,
            edited(
                b"            return bad(1)\n\n        return inner\n",
                b"            return 2\n        return inner\n",
            ),
            Verdict.PASS,
        ),
        (
            1,
            edited(b"            return bad(1)\n\n        return inner\n", b"            return 2\n"),
            Verdict.VETO,
        ),
        (1, CODE + b"\n\n", Verdict.PASS),  # blank lines at the end
        (1, None, Verdict.PASS),
    ],
)
def test_only_promised_lines(number: int, after: bytes | None, verdict: Verdict) -> None:
    wanted = proposal(CODE, after, finding=finding_in(CODE, number=number))
    assert only_promised_lines(wanted, ports(), reading()).verdict is verdict


def test_the_reason_names_the_line_and_the_promise() -> None:
    after = edited(b"return os.sep", b"return os.linesep")
    check = only_promised_lines(proposal(CODE, after, finding=finding_in(CODE, number=1)), ports(), reading())
    assert check.reason == "line 19 of src/app.py is neither an import nor in lines 13-14"


def test_a_person_may_go_further_and_is_told() -> None:
    after = edited(b"return os.sep", b"return os.linesep")
    wanted = proposal(CODE, after, finding=finding_in(CODE, number=1), writer="person")
    assert only_promised_lines(wanted, ports(), reading()).verdict is Verdict.WARN


def test_another_file_is_not_promised() -> None:
    more = (FileEdit("src/other.py", b"", b"x = 1\n"),)
    check = only_promised_lines(proposal(more=more), ports(), reading())
    assert (check.verdict, "also changes src/other.py" in check.reason) == (Verdict.VETO, True)


def test_other_languages_are_left_to_people() -> None:
    wanted = proposal(b"a\n", b"b\n", path="notes.txt")
    assert only_promised_lines(wanted, ports(), reading()).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("before", "after", "writer", "verdict"),
    [
        (BEFORE, AFTER, "rule AUT001", Verdict.PASS),
        (b"bad(1)  # why\n", b"good(1)  # why\n", "rule AUT001", Verdict.PASS),
        (b"bad(1)  # why\n", b"# why\ngood(1)\n", "rule AUT001", Verdict.PASS),
        (b"bad(1)  # why\n", b"good(1)\n", "rule AUT001", Verdict.VETO),
        (b"bad(1)  # why\n", b"good(1)\n", "person", Verdict.WARN),
        (b"# a\n# a\nbad(1)\n", b"# a\ngood(1)\n", "rule AUT001", Verdict.VETO),
        (b"bad('# text')\n", b"good('')\n", "rule AUT001", Verdict.PASS),
        (b"bad(1)\n", b"good(1)  # new\n", "rule AUT001", Verdict.PASS),
    ],
)
def test_comments_kept(before: bytes, after: bytes, writer: str, verdict: Verdict) -> None:
    check = comments_kept(proposal(before, after, writer=writer), ports(), reading())
    assert check.verdict is verdict
    assert (verdict is Verdict.PASS) or "the change loses #" in check.reason


def test_text_that_has_no_tokens_has_the_comments_up_to_there() -> None:
    assert comments(b"# one\nx = (\n").total() == 1
    assert comments(b"# coding: nonsense\n").total() == 0


def branches(count: int) -> bytes:
    return b"".join(b"    if a == %d:\n        return %d\n" % (n, n) for n in range(count))


def function(count: int, name: bytes = b"f") -> bytes:
    return b"def %s(a):\n%s    return bad(1)\n" % (name, branches(count))


@pytest.mark.parametrize(
    ("before", "after", "verdict", "words"),
    [
        (function(3), function(3), Verdict.PASS, "no function gets more complex"),
        (function(3), function(1), Verdict.PASS, "no function"),
        (function(3), function(4), Verdict.WARN, "f in src/app.py gets more complex: 4 -> 5"),
        (function(9), function(10), Verdict.VETO, "10 -> 11, above 10"),
        (function(8), function(9), Verdict.WARN, "9 -> 10"),
        (function(30), function(30), Verdict.PASS, "no function"),
        (function(30), function(29), Verdict.PASS, "no function"),
        (function(1), function(1) + function(0, b"g"), Verdict.PASS, "no function"),
        (
            function(1),
            function(1) + function(1, b"g"),
            Verdict.WARN,
            "g in src/app.py gets more complex: 1 -> 2",
        ),
        (
            b"class C:\n    def m(self):\n        bad(1)\n",
            b"class C:\n    def m(self):\n        bad(1 or 2)\n",
            Verdict.WARN,
            "C.m",
        ),
        (function(1), None, Verdict.PASS, "no function"),
    ],
)
def test_complexity(before: bytes, after: bytes | None, verdict: Verdict, words: str) -> None:
    check = Complexity(10)(proposal(before, after, finding=finding_in(before)), ports(), reading())
    assert (check.name, check.verdict) == ("complexity", verdict)
    assert words in check.reason


def test_the_worst_of_several_is_named() -> None:
    before = function(1) + function(1, b"g")
    after = function(2) + function(6, b"g")
    assert "g in" in Complexity()(proposal(before, after), ports(), reading()).reason


def test_new_files_count_from_nothing() -> None:
    more = (FileEdit("src/new.py", None, function(2)),)
    assert Complexity()(proposal(path=PATH, more=more), ports(), reading()).verdict is Verdict.WARN
