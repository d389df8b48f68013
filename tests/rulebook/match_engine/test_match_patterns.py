"""What patterns match beyond the examples of the reference, and what they refuse."""

import ast

import pytest
from match_samples import hits, lines, rule, shown

from autonomous.rulebook.pattern_text import InvalidPattern


@pytest.mark.parametrize(
    ("pattern", "code", "held"),
    [
        ("f(..., $X, ...)", "f(1, 2)", {"X": "1"}),
        ("f($CMD, ..., shell=True)", "f(c, 1, cwd=d, shell=True, *a, **k)",
         {"CMD": "c", "...": ["1", "*a", "cwd=d", "**k"]}),
        ("f($...A, $X, $...B)", "f(1)", {"A": [], "X": "1", "B": []}),
        ("f($...A, k=1)", "f(1, k=1, j=2)", {"A": ["1", "j=2"]}),
        ("f(k=1, $...A)", "f(1, k=1, j=2)", {"A": ["1", "j=2"]}),
        ("f(**$K, ...)", "f(a=2, **k)", {"K": "k", "...": ["a=2"]}),
        ("f($K=$V)", "f(a=1)", {"K": "a", "V": "1"}),
        ("f($K=$V, $L=$V)", "f(a=1, b=2, c=1)", None),
        ("f($K=$V, $L=$V, ...)", "f(a=1, b=2, c=1)", {"K": "a", "L": "c", "V": "1", "...": ["b=2"]}),
        ("f(*$A)", "f(*a)", {"A": "a"}),
        ("f($X)", "f(*a)", None),
        ("f()", "f(1)", None),
        ("f($X)($X)", "f(1)(1)", {"X": "1"}),
        ("$X.$A + $X.$A", "x.a + x.a", {"X": "x", "A": "a"}),
        ("$X.$A + $X.$A", "x.a + x.b", None),
        ("$X[$I]", "x[1]", {"X": "x", "I": "1"}),
        ("$X[$I]", "x[1:2]", None),
        ("$X[$A:$B]", "x[1:2]", {"X": "x", "A": "1", "B": "2"}),
        ("[$...A, 1, ...]", "[0, 1, 2]", {"A": ["0"], "...": ["2"]}),
        ("{$X, ...}", "{1, 2}", {"X": "1", "...": ["2"]}),
        ("{...}", "{1: 2}", {"...": ["1", "2"]}),
        ("{...}", "{1}", None),
        ("{'a': $A, **$M}", "{**m, 'a': 1}", {"A": "1", "M": "m"}),
        ("{'a': $A, 'b': $B}", "{'b': 1, 'a': 2}", {"A": "2", "B": "1"}),
        ("{'a': $A}", "{'a': 1, 'b': 2}", None),
        ("{$K: $V, $...R}", "{1: 2, **x}", {"K": "1", "V": "2", "R": ["x"]}),
        ("{x: f(...) for x in $XS}", "{x: f() for x in y}", {"XS": "y", "...": []}),
        ("(lambda ..., $P=1: $B)", "lambda a, *, p=1: a", {"P": "p", "B": "a", "...": ["a"]}),
        ("(lambda: $B)", "lambda x: 1", None),
        ("$A < $B < $C", "1 < 2 < 3", {"A": "1", "B": "2", "C": "3"}),
        ("$A and $A", "x and x", {"A": "x"}),
        ("$A and $A", "x and x and x", None),
        ("f'{$X}'", "f'{x}'", {"X": "x"}),
        ("f'{$X}'", "f'{x!r}'", None),
        ("'$S'", "f'{x}'", {"S": "f'{x}'"}),
        ("b'...'", "b'a' + b'b'", {}),
        ("b'...'", "'a'", None),
        ("1", "True", None),
        ("-1", "-1", {}),
        ("f(x=...)", "f(x=1)", {}),
        ("f(...)[...]", "f(1)[2:3]", {"...": ["1"]}),
        ("await $X", "await x", {"X": "x"}),
        ("($X := $Y)", "(a := 1)", {"X": "a", "Y": "1"}),
        ("f($X, ..., $X)", "f(a.b, 1, a . b)", {"X": "a.b", "...": ["1"]}),
    ],
)  # fmt: skip
def test_expressions(pattern, code, held):
    assert [shown(hit) for hit in hits(f"async def _():\n  {code}", pattern)][:1] == (
        [] if held is None else [held]
    )


@pytest.mark.parametrize(
    ("pattern", "code", "wanted"),
    [
        ("assert $X, $Y", "assert a, b\nassert a", [1]),
        ("assert $X", "assert a, b\nassert a", [2]),
        ("return ...", "def f():\n  return 1\n  return", [2]),
        ("raise $E from None", "raise a from None\nraise a", [1]),
        ("global $X", "def f():\n  global a", None),
        ("global a", "def f():\n  global a\n  global a, b", [2]),
        ("del $X[$I]", "del a[0]\ndel a", [1]),
        ("$X = $Y = $Z", "a = b = c\na = b", [1]),
        ("$X += 1", "a += 1\na -= 1\na = 1", [1]),
        ("$X: $T = None", "a: int = None\na: int\na = None", [1]),
        ("$...XS, $Y = $Z", "a, b, c = d", [1]),
        ("f();", "f()\nx = f()", [1]),
        ("import os", "import os\nimport os, sys\nimport os as o\nimport os.path", [1]),
        ("import ..., sys", "import os, sys\nimport sys, os", [1]),
        ("from os import $N as $A", "from os import path as p\nfrom os import path", [1]),
        ("from .a import $N", "from .a import b\nfrom a import b\nfrom ..a import b", [1]),
        ("while True: ...", "while True:\n  x\nelse:\n  y\nwhile 1: x", [1]),
        ("while True:\n  $S", "while True:\n  x\nelse:\n  y\nwhile True:\n  x", [5]),
        ("if $A:\n  ...\nelse:\n  pass", "if a:\n  x\nelse:\n  pass\nif a:\n  x", [1]),
        ("if $A:\n  $S\nelif $A:\n  $T", "if a:\n  x\nelif a:\n  y\nif a:\n  x\nelif b:\n  y", [1]),
        ("for $I in $X:\n  $...B\n  print($I)", "for i in x:\n  a\n  b\n  print(i)\nfor i in x:\n  print(j)", [1]),
        ("async for $I in $X: ...", "async def f():\n  async for i in x: y\n  for i in x: y", [2]),
        ("for $I in $X: ...", "async def f():\n  async for i in x: y\n  for i in x: y", [2, 3]),
        ("async with $X: ...", "async def f():\n  async with x: y\n  with x: y", [2]),
        ("with $X: pass", "async def f():\n  async with x: pass\n  with x: pass\n  with x as y: pass", [2, 3]),
        ("with $X as $Y: ...", "with a, b as c: d\nwith a: d", [1]),
        ("try: ...", "try: x\nexcept A: y\nelse: z\nfinally: w\ntry: x\nfinally: y", [1, 5]),
        ("try:\n  ...\nfinally:\n  $S", "try: x\nfinally: y\ntry: x\nexcept A: y", [1]),
        ("try:\n  ...\nexcept A:\n  ...\nexcept C:\n  ...", "try: x\nexcept A: y\nexcept B: y\nexcept C: y", [1]),
        ("except ($A, $B): ...", "try: x\nexcept (A, B): y\nexcept A: y", [2]),
        ("except $E as $N:\n  raise $N", "try: x\nexcept E as e:\n  raise e", [2]),
        ("try:\n  raise $E\nexcept $E: ...", "try:\n  raise E\nexcept E: pass", [1]),
        ("def $F(): ...", "def f(): x\nasync def g(): y\ndef h(a): z", [1, 2]),
        ("def $F($A: int): ...", "def f(a: int): x\ndef f(a): x\ndef f(a: str): x", [1]),
        ("def $F(...) -> None: ...", "def f(a) -> None: x\ndef g(): x", [1]),
        ("def $F($A, /, $B, *, $C): ...", "def f(a, /, b, *, c): x\ndef f(a, b, c): x", [1]),
        ("def $F(*$A, **$K): ...", "def f(*a, **k): x\ndef f(a): x", [1]),
        ("def $F(..., *, $K, ...): ...", "def f(a, *, k, j): x\ndef f(a, k): x", [1]),
        ("def $F($A=1, ...): ...", "def f(a=1, b=2): x\ndef f(a, b=2): x", [1]),
        ("def $F(..., $P={g(): [1, 2]}, ...): ...", "def f(a, p={g(): [1, 2]}): x", [1]),
        ("def $F($A):\n  return $F($A)", "def f(a):\n  'doc'\n  return f(a)\ndef g(a):\n  return f(a)", [1]),
        ("@$D.setter\ndef $F(...): ...", "@a\n@x.setter\n@b\ndef f(): y\n@x.getter\ndef g(): y", [4]),
        ("class $C: ...", "class A: x\nclass B(A): x", [1, 2]),
        ("class $C(A): ...", "class A: x\nclass B(A): x\nclass B(A, C): x\nclass B(A, m=1): x", [2]),
        ("class $C(..., metaclass=$M): ...", "class B(A, metaclass=M): x\nclass B(A): x", [1]),
        ("class $C:\n  $X = 1", "class A:\n  'doc'\n  x = 1\nclass B:\n  y = 2", [1]),
        ("match $X:\n  case $A:\n    pass", "match x:\n  case [1, *r]:\n    pass", [1]),
        ("case $A as $N: ...", "match x:\n  case 1 as n: y\n  case 1: y", [2]),
        ("case _: ...", "match x:\n  case 1: y\n  case _: y", [3]),
        ("$X = 1\n$Y = $X", "a = 1\nb = a\nc = 1\nd = a", [1]),
        ("$A\n$A", "f()\nf()\ng()", [1]),
        ("...\nf()\n...", "f()", [1]),
        ("f()\n...\ng()", "f()\nx\ny\ng()\nif a:\n  f()\ng()", [1]),
        ("f()\n$...REST", "f()\nx\ny", [1]),
        ("f()\ng()", "if a:\n  f()\nelse:\n  f()\n  g()\nfor x in y:\n  f()\ng()", [4]),
        ("f()\ng()", "try:\n  x\nfinally:\n  f()\n  g()", [4]),
        ("f()\ng()", "try:\n  x\nexcept A:\n  f()\n  g()", [4]),
        ("f()\ng()", "match x:\n  case 1:\n    f(); g()", [3]),
    ],
)  # fmt: skip
def test_statements(pattern, code, wanted):
    if wanted is None:
        with pytest.raises(InvalidPattern, match="several bare names"):
            rule(pattern)
        return
    found = [
        hit.node.pattern.lineno if isinstance(hit.node, ast.match_case) else hit.node.lineno
        for hit in hits(code, pattern)
    ]
    assert found == wanted


def test_a_hit_of_several_statements_names_all_of_them():
    (hit,) = hits("def f():\n  a = open(p)\n  b\n  a.close()\n  c\n", "$F = open(...)\n...\n$F.close()")
    assert [ast.unparse(each) for each in (hit.node, *hit.rest)] == ["a = open(p)", "b", "a.close()"]
    (hit,) = hits("f()\nx\ny", "f()\n$...REST")
    assert shown(hit) == {"REST": ["x", "y"]}
    assert len(hit.rest) == 2
    (hit,) = hits("f()\nx\ng()", "f()\n$S\n...")
    assert shown(hit) == {"S": "x"}


def test_a_lone_nameless_run_is_kept_for_the_fix_and_two_are_not():
    assert "..." in hits("f(1, 2)", "f($X, ...)")[0].held
    assert "..." not in hits("f(1, 2)", "f(..., $X, ...)")[0].held


def test_span_shows_each_place_of_a_hole():
    code = "def f(a=[], b=[]): pass"
    found = hits(code, {"pattern": "def $F(..., $P=[], ...): ...", "span": "P"})
    assert [(hit.held["P"], hit.at.arg, hit.node.name) for hit in found] == [("a", "a", "f"), ("b", "b", "f")]
    (hit,) = hits("f(g(1))", {"pattern": "f($X)", "span": "X"})
    assert isinstance(hit.at, ast.Call)
    assert hit.at is hit.held["X"]


def test_names_in_patterns_follow_imports_wherever_they_stand():
    code = "import os as o\nfrom sys import argv as a\nf(o.environ, a)\ne = o.environ\ne['x']\nprint(a)\n"
    assert lines(code, "f(os.environ, sys.argv)") == [3]
    assert lines(code, "os.environ[...]") == [5]
    assert lines(code, "sys.argv") == [3, 6]
    assert lines("import numpy as np\nnp\nnumpy", "numpy;") == [2, 3]
    assert lines("from os import *\nsystem('x')", "os.system(...)") == [2]
    assert lines("(r := print)('x')\nr(1)\nx: f = print\nx(1)\na, b = 1, print\nb(1)", "print(...)") == [
        2,
        4,
        6,
    ]
    assert lines("try:\n  import a as x\nexcept ImportError:\n  import b as x\nx.f()", "b.f()") == [5]


def test_own_definitions_have_the_name_of_their_module():
    assert lines("def run(): pass\nrun()", "app.db.run()", path="src/app/db.py") == [2]
    assert lines("from .db import run\nrun()", "app.db.run()", path="src/app/views.py") == [2]
    assert lines("from .db import run\nrun()", "app.db.run()", path="other/views.py") == []


def test_identifiers_are_compared_as_python_normalizes_them():
    assert lines("import os\nos.ſystem('x')\nös = 1", "os.system(...)") == [2]
    code = "# coding: utf-7\nimport os\nos.+AHMAeQBzAHQAZQBt-('x')\n"
    assert lines(code, "os.system(...)") == [3]


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("$X", "everything"), ("...", "everything"), ("", "everything"), ("f(", "not Python"), ("$x", "capital"),
        ("f($...XS.y)", "not Python|can't stand"), ("$...XS\nf()", "at the start"), ("x = $...XS", "can't stand here"),
        ("{..., $...X, 'a': 1}", "one `...` is enough"), ("x.$", "capital"), ("global $A, $B", "bare names"),
        ("def f(:", "not Python"), ("f(a)\n  g()", "not Python"), ("f('\0')", "not Python"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(pattern, reason):
    with pytest.raises(InvalidPattern, match=reason) as caught:
        rule(pattern)
    assert caught.value.pattern == pattern


def test_text_that_is_not_a_hole_stays():
    assert lines("f('$x')\nf('a...')", 'f("$x")') == [1]
    assert lines("f(1)", "f(1)  # a comment about $things") == [1]
    assert lines("f('''a\n$b''')", "f('''a\n$b''')") == [1]
