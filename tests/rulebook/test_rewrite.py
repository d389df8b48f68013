"""Rewriting: the span of a match changes and nothing else, and the result means what the template says."""

from pathlib import Path

import pytest
from rule_folder import book_of, fix, ways

from autonomous.analysis.source import read_source
from autonomous.model.kinds import Effort, Safety
from autonomous.rulebook.rewrite import COMMENT_RISK

SAFE = '[fix]\nsafety = "safe"\n'


def rule(pattern: str, replace: str, more: str = "") -> str:
    return f"[[match]]\npattern = '''{pattern}'''\n{SAFE}replace = '''{replace}'''\n{more}"


@pytest.mark.parametrize(
    ("pattern", "replace", "before", "after"),
    [
        # brackets where precedence asks for them, and only there
        ("old($X)", "$X.new()", "y = old(a + b)\n", "y = (a + b).new()\n"),
        ("old($X)", "$X.new()", "y = old(a.b[c](d))\n", "y = a.b[c](d).new()\n"),
        ("old($X)", "$X.new()", "y = old(lambda: 1)\n", "y = (lambda: 1).new()\n"),
        ("old($X)", "$X.real", "y = old(5)\n", "y = (5).real\n"),
        ("old($X)", "not $X", "y = old(a or b)\n", "y = not (a or b)\n"),
        ("old($X)", "not $X", "y = old(a == b)\n", "y = not a == b\n"),
        ("old($X)", "new($X, k=$X)", "y = old(a if b else c)\n", "y = new(a if b else c, k=a if b else c)\n"),
        ("old($A, $B)", "$A - $B", "y = old(a - b, c - d)\n", "y = a - b - (c - d)\n"),
        # brackets around the whole, where its place asks for them
        ("old($A, $B)", "$A or $B", "y = not old(a, b)\n", "y = not (a or b)\n"),
        ("old($A, $B)", "$A or $B", "y = (old(a, b))\n", "y = (a or b)\n"),
        ("old($A, $B)", "$A or $B", "y = x and old(a, b)\n", "y = x and (a or b)\n"),
        ("old($A, $B)", "$A or $B", "y = x or old(a, b)\n", "y = x or (a or b)\n"),
        ("old($A)", "$A, 1", "y = f(old(a))\n", "y = f((a, 1))\n"),
        (
            "old($A)",
            "await $A",
            "async def f():\n    return old(a) ** 2\n",
            "async def f():\n    return await a ** 2\n",
        ),
        ("not $A in $B", "$A not in $B", "y = 1 if not(a in b)else 2\n", "y = 1 if (a not in b)else 2\n"),
        # what is held is copied as it is written
        ("old($X)", "new($X)", "y = old( {'a' :1} )\n", "y = new({'a' :1})\n"),
        ("old($X)", "new($X)", "y = old(0x_FF + 1_0)\n", "y = new(0x_FF + 1_0)\n"),
        ("old($X)", "new($X)", "y = old((yield))\n", "y = new((yield))\n"),
        ("old($X)", "new($X)", "y = old(i for i in j)\n", "y = new(i for i in j)\n"),
        ("old($X)", "new($X)", "y = old(old(ö))\n", "y = new(new(ö))\n"),
        # runs
        ("old($A, ...)", "new(1, ...)", "old(a, *b, c=1, **d)\n", "new(1, *b, c=1, **d)\n"),
        ("old($A, ...)", "new($A, ...)", "old(a)\n", "new(a)\n"),
        ("old($...XS)", "new($...XS, z=0)", "old()\n", "new(z=0)\n"),
        ("old($...XS)", "[$...XS]", "y = old(a, *b)\n", "y = [a, *b]\n"),
        ("old([$...XS])", "{0, $...XS}", "y = old([a, *b,])\n", "y = {0, a, *b}\n"),
        ("old([$...XS])", "(0, $...XS)", "y = old([])\n", "y = (0, )\n"),
        ("old([$...XS])", "new($...XS)", "y = [old([a, *b])]\n", "y = [new(a, *b)]\n"),
        ("old($...XS)", "{$...XS}", "y = old(k=1)\n", "y = old(k=1)\n"),
    ],
)
def test_expressions(tmp_path: Path, pattern: str, replace: str, before: str, after: str) -> None:
    assert fix(tmp_path, rule(pattern, replace), before) == after


@pytest.mark.parametrize(
    ("pattern", "replace", "before", "after"),
    [
        ("old($X)", "a = $X\nb = a", "if y:\n\told(1)  # c\n", "if y:\n\ta = 1\n\tb = a  # c\n"),
        ("old($X)", "a = $X\nb = a", "x; old(1); z\n", "x; a = 1; b = a; z\n"),
        ("old($X)", "a = $X\nb = a", "if x: old(1)\n", "if x: a = 1; b = a\n"),
        ("$F = old($X)", "with $X as $F:\n    pass", "if y:\n  f = old(x)\n", "if y:\n  with x as f:\n    pass\n"),
        ("if old($X):\n    $...B", "for _ in $X:\n    $...B",
         "def f():\n  if old(x):  # why\n    # first\n    a('''\n x''')\n    # last\n  return\n",
         "def f():\n  for _ in x:  # why\n    # first\n    a('''\n x''')\n    # last\n  return\n"),
        ("if old($X):\n    $...B", "$...B", "if old(x):\n    a\n    b; c\n", "a\nb\nc\n"),
        ("for $I in old($X): $...B", "while $X:\n    $I = 1\n    $...B",
         "for i in old(x): a; b\n", "while x:\n    i = 1\n    a\n    b\n"),
        ("except old: $...B", "except (old, new):\n    $...B",
         "try:\n    x\n# above\nexcept old:  # why\n    y\n", "try:\n    x\n# above\nexcept (old, new):  # why\n    y\n"),
        ("old($X)\nold($Y)", "new($X, $Y)", "a\nold(1)\nold(2)\nb\n", "a\nnew(1, 2)\nb\n"),
    ],
)  # fmt: skip
def test_statements(tmp_path: Path, pattern: str, replace: str, before: str, after: str) -> None:
    assert fix(tmp_path, rule(pattern, replace), before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def f():\n    a\n    old()\n    b\n", "def f():\n    a\n    b\n"),
        ("def f():\n    old()\n", "def f():\n    pass\n"),
        ("def f():\n    old()  # kept\n", "def f():\n    pass  # kept\n"),
        ("if x: old()\n", "if x: pass\n"),
        ("if x: old(); y\n", "if x: y\n"),
        ("x; old()\n", "x\n"),
        ("x; old(); y\n", "x; y\n"),
        ("x\n\nold()\n\ny\n", "x\n\ny\n"),
        ("x\n\nold()", "x\n"),
        ("# about it\nold()\nx\n", "# about it\nx\n"),
        ("old()\n", ""),
        ("try:\n    x\nfinally:\n    old()\n", "try:\n    x\nfinally:\n    pass\n"),
        ("y = old()\n", "y = old()\n"),
    ],
)
def test_removal(tmp_path: Path, before: str, after: str) -> None:
    assert fix(tmp_path, rule("old()", ""), before) == after


def test_a_removed_pair_leaves_pass(tmp_path: Path) -> None:
    assert fix(tmp_path, rule("old(1)\nold(2)", ""), "if x:\n    old(1)\n    old(2)\n") == "if x:\n    pass\n"


def test_a_decorated_function_goes_with_its_decorators(tmp_path: Path) -> None:
    before = "a\n@d\n@e\ndef old():\n    x\nb\n"
    assert fix(tmp_path, rule("def old(): ...", ""), before) == "a\nb\n"


def test_a_call_keeps_an_argument_a_line(tmp_path: Path) -> None:
    before = "old(\n    a,\n    b=1,  # why\n    c=2,\n)  # end\n"
    after = "new(\n    a,\n    b=1,  # why\n    c=2,\n)  # end\n"
    assert fix(tmp_path, rule("old($X, ...)", "new($X, ...)"), before) == after


def test_a_call_without_last_comma_is_joined_when_it_fits(tmp_path: Path) -> None:
    toml = rule("old($X, ..., z=1)", "new($X, ...)")
    assert fix(tmp_path, toml, "y = old(\n    a,\n    b=2,\n    z=1\n)\n") == "y = new(a, b=2)\n"


def test_a_call_that_does_not_fit_keeps_its_lines(tmp_path: Path) -> None:
    long = "a" * 90
    before = f"y = old(\n    {long}, 1, z=1\n)\n"
    assert fix(tmp_path, rule("old($X, ..., z=1)", "new($X, ...)"), before) == f"y = new(\n    {long}, 1\n)\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\xef\xbb\xbfy = old(a)\r\n", b"\xef\xbb\xbfy = new(a)\r\n"),
        (b"# coding: latin-1\ny = old('\xe9')  # \xfc\n", b"# coding: latin-1\ny = new('\xe9')  # \xfc\n"),
        (b"x = 1\r\nif x:\r\n    old(a)", b"x = 1\r\nif x:\r\n    new(a)"),
        (b"x = '''\r\n'''\nold(a)\n\x0c\n\n", b"x = '''\r\n'''\nnew(a)\n\x0c\n\n"),
        ("y = 'ä𝒳'; z = old(ö)\n".encode(), "y = 'ä𝒳'; z = new(ö)\n".encode()),
        (b"y = (\t old(a) )  \n", b"y = (\t new(a) )  \n"),
    ],
)
def test_bytes_outside_the_change_stay(tmp_path: Path, before: bytes, after: bytes) -> None:
    book = book_of(tmp_path, rule("old($X)", "new($X)"))
    assert book.fix_all(before, "a.py", rule="AUT999") == after


def test_several_statements_take_the_newline_of_the_file(tmp_path: Path) -> None:
    book = book_of(tmp_path, rule("old($X)", "a($X)\nif a:\n    b($X)"))
    before = b"if x:\r\n\told(1)\r\n"
    assert book.fix_all(before, "a.py", rule="AUT999") == b"if x:\r\n\ta(1)\r\n\tif a:\r\n\t\tb(1)\r\n"


def test_a_character_that_the_encoding_lacks_makes_no_rewrite(tmp_path: Path) -> None:
    book = book_of(tmp_path, rule("old($X)", "new($X, '✓')"))
    before = b"# coding: latin-1\nold(1)\n"
    assert book.fix_all(before, "a.py", rule="AUT999") == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("y = old(a['k'])\n", "y = f\"{a['k']}!\"\n"),
        ('y = old(a["k"])\n', "y = f'{a[\"k\"]}!'\n"),
        ("y = old(a)\nz = 'q'\n", "y = f'{a}!'\nz = 'q'\n"),
        ("y = old(a['k', \"l\"])\n", "y = old(a['k', \"l\"])\n"),
    ],
)
def test_quotes_in_f_strings(tmp_path: Path, before: str, after: str) -> None:
    assert fix(tmp_path, rule("old($X)", 'f"{$X}!"'), before) == after


@pytest.mark.parametrize(
    "before",
    [
        "if a:\n    pass\nelif old(x):\n    y\n",  # an `elif` can't become a loop
        "z; y = old(x)\n",  # a block can't share a line
    ],
)
def test_what_can_not_be_put_there_is_not_offered(tmp_path: Path, before: str) -> None:
    toml = "\n".join(
        [
            "[[match]]\npattern = '''if old($X): ...'''",
            "[[match]]\npattern = '''$Y = old($X)'''",
            f"{SAFE}replace = '''while $X:\n    pass'''",
        ]
    )
    assert fix(tmp_path, toml, before) == before


def test_a_hole_that_the_match_does_not_hold_makes_no_rewrite(tmp_path: Path) -> None:
    toml = "\n".join(
        [
            "[[match]]\npattern = 'old($X)'",
            "[[match]]\npattern = 'old($X, $Y)'",
            f"{SAFE}replace = 'new($X, $Y)'",
        ]
    )
    assert fix(tmp_path, toml, "old(1)\nold(1, 2)\n") == "old(1)\nnew(1, 2)\n"


def test_a_safe_fix_that_removes_a_comment_is_for_review(tmp_path: Path) -> None:
    book = book_of(tmp_path, rule("old($X, $Y)", "new($X)"))
    (kept,) = ways(book, "old(a, b)  # end\n")
    (lost,) = ways(book, "old(a,\n    b,  # why\n    )\n")
    assert (kept.safety, kept.risks) == (Safety.SAFE, ())
    assert (lost.safety, lost.risks) == (Safety.REVIEW, (COMMENT_RISK,))


def test_a_safe_fix_that_moves_a_comment_is_for_review(tmp_path: Path) -> None:
    (way,) = ways(
        book_of(tmp_path, rule("old($A, $B)", "new($B, $A)")), "old(\n    a,  # one\n    b,  # two\n)\n"
    )
    assert way.safety is Safety.REVIEW


def test_what_a_rewrite_says(tmp_path: Path) -> None:
    toml = """
[[match]]
pattern = "old($X)"
[[fix]]
safety = "review"
title = "Call new with $X"
replace = "new($X)"
where.X = { one_of = ["a"] }
benefits = ["newer"]
risks = ["other"]
[[fix]]
safety = "display"
replace = "newest($X)"
[[fix]]
safety = "safe"
replace = "newest($X)"
"""
    first, second = ways(book_of(tmp_path, toml), "old(a)\n")
    assert (first.after, first.title, first.index) == (b"new(a)\n", "Call new with a", 0)
    assert (first.benefits, first.risks, first.effort) == (("newer",), ("other",), Effort.TRIVIAL)
    assert (second.after, second.title, second.index) == (b"newest(a)\n", "Fix: Test fault", 1)
    assert second.safety is Safety.DISPLAY


@pytest.mark.parametrize(("lines", "effort"), [(1, Effort.TRIVIAL), (12, Effort.SMALL), (30, Effort.LARGE)])
def test_effort_counts_changed_lines(tmp_path: Path, lines: int, effort: Effort) -> None:
    body = "\n".join(f"new({number})" for number in range(lines))
    (way,) = ways(book_of(tmp_path, rule("old()", body)), "old()\n")
    assert way.effort is effort


def test_nothing_is_offered_where_nothing_changes(tmp_path: Path) -> None:
    assert ways(book_of(tmp_path, rule("old($X)", "old($X)")), "old(1)\n") == ()


def test_a_match_inside_an_f_string_is_proved_or_left_alone(tmp_path: Path) -> None:
    book = book_of(tmp_path, rule("old($X)", "new($X)"))
    before = b'y = f"""\n{old(1)} {x!r:>{old(2)}}"""\n'
    after = book.fix_all(before, "a.py", rule="AUT999")
    read_source("a.py", after)
    assert after in {before, before.replace(b"old", b"new")}
