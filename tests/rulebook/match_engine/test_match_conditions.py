"""Conditions on holes, and on what stands around and below a match."""

import ast

import msgspec
import pytest
from match_samples import hits, lines, rule, shown

from autonomous.analysis.source import read_source
from autonomous.rulebook.conditions import compile_conditions
from autonomous.rulebook.pattern_text import InvalidPattern
from autonomous.rulebook.schema import Where


@pytest.mark.parametrize(
    ("pattern", "where", "code", "wanted"),
    [
        ("f($X)", {"one_of": ["a", 1]}, "f('a')\nf(1)\nf(True)\nf(a)\nf('b')", [1, 2, 4]),
        ("f($X)", {"one_of": ["x.y"]}, "f(x.y)\nf(x.z)", [1]),
        ("f($X)", {"one_of": ["open"]}, "f(open)\nf('close')", [1]),
        ("$F(1)", {"one_of": ["a.b", "c"]}, "a.b(1)\nc(1)\nb(1)", [1, 2]),
        ("x.$A", {"one_of": ["a"]}, "import x\nx.a\nx.b", [2]),
        ("$O.$A", {"one_of": ["a"]}, "p.a\np.b", [1]),
        ("f($X)", {"regex": "^a"}, "f('ab')\nf('b')\nf(abc)\nf(g(a))", [1, 3]),
        ("$O.$A()", {"regex": "^assert"}, "x.assertEqual()\nx.other()", [1]),
        ("f($X)", {"constant": False}, "f(1)\nf(x)", [2]),
        ("f($X)", {"value": ">= 0.5"}, "f(0.5)\nf(0.4)\nf('a')\nf(x)", [1]),
        ("f($X)", {"value": "== 'x'"}, "f('x')\nf('y')", [1]),
        ("f($X)", {"value": "!= None"}, "f(None)\nf(1)", [2]),
        ("f($X)", {"value": "<= 3"}, "f(1 + 2)\nf(2 * 2)", [1]),
        ("f($X)", {"value": "> 3"}, "f(1 + 2)\nf(2 * 2)", [2]),
        ("f($X)", {"type": "str"}, "f('a')\nf(1)", [1]),
        ("f($X)", {"type": ["str", "int"]}, "f('a')\nf(1)\nf([])", [1, 2]),
        ("f($X)", {"pattern": "g(...)"}, "f(g(1))\nf(h(g(1)))", [1]),
        ("f($X)", {"contains": ["g(...)", "h()"]}, "f(1 + g(1))\nf([h()])\nf(1)", [1, 2]),
        ("f($X)", {"constant": True, "regex": "a"}, "f('a')\nf(a)\nf('b')", [1]),
        ("f($...X)", {"constant": True}, "f(1, 2)\nf(1, x)\nf()", [1, 3]),
        ("f($...X)", {"one_of": [2]}, "f(1, 2)\nf(1)", [1]),
        ("f($...X)", {"contains": "g()"}, "f(1, [g()])\nf(1)", [1]),
        ("f($X)", {"value": "< 3"}, "f('a' < 1)\nf(2)", [2]),
        ("x.$A", {"constant": True}, "import x\nx.a", []),
        ("x.$A", {"type": "str"}, "import x\nx.a", []),
        ("x.$A", {"contains": "a"}, "import x\nx.a", []),
    ],
)  # fmt: skip
def test_where_and_unless(pattern, where, code, wanted):
    hole = next(name for name in ("X", "F", "A") if f"${name}" in pattern or f"...{name}" in pattern)
    asked = {"where": {hole: where}}
    found = lines(code, {"pattern": pattern, **asked})
    assert found == wanted
    if len(where) == 1:
        rest = lines(code, {"pattern": pattern, "unless": {hole: where}})
        assert sorted(found + rest) == lines(code, pattern)


def test_unless_lists_what_none_may_be():
    unless = {"X": {"constant": True, "pattern": "safe(...)"}}
    assert lines("f(1)\nf(safe(x))\nf(x)", {"pattern": "f($X)", "unless": unless}) == [3]


def test_the_way_that_meets_the_conditions_is_found():
    match = {"pattern": "f(..., $X, ...)", "where": {"X": {"value": "> 1"}}}
    assert [shown(hit) for hit in hits("f(0, 1, 2, 3)", match)] == [{"X": "2"}]


@pytest.mark.parametrize(
    ("hole", "where", "reason"),
    [
        ("X", {"value": "2048"}, "no comparison"),
        ("X", {"value": "< x"}, "no literal"),
        ("X", {"value": "< "}, "no"),
        ("X", {"regex": "("}, "regex"),
        ("X", {"pattern": "f("}, "not Python"),
        ("X", {}, "asks nothing"),
        ("Y", {"constant": True}, "no hole \\$Y"),
    ],
)
def test_conditions_that_cannot_be_meant(hole, where, reason):
    with pytest.raises(InvalidPattern, match=reason):
        rule({"pattern": "f($X)", "where": {hole: where}})


def test_a_place_that_no_hole_has_is_refused():
    with pytest.raises(InvalidPattern, match="no hole"):
        rule({"pattern": "f($X)", "span": "Y"})


def test_conditions_of_a_fix_are_asked_about_what_a_hit_holds():
    source = read_source("m.py", b"f('a', x)")
    call = next(source.nodes(ast.Call))
    conditions = compile_conditions(
        {"A": msgspec.convert({"constant": True}, Where)}, {"B": msgspec.convert({"constant": True}, Where)}
    )
    assert conditions.holes == {"A", "B"}
    assert conditions.hold(source, {"A": call.args[0], "B": call.args[1]})
    assert not conditions.hold(source, {"A": call.args[1], "B": call.args[1]})
    assert not conditions.hold(source, {"A": call.args[0], "B": call.args[0]})
    assert not conditions.hold(source, {})


@pytest.mark.parametrize(
    ("match", "code", "wanted"),
    [
        ({"inside": "def $F(...): ..."}, "f()\ndef g(a=f()):\n  f()\n  if x: f()", [3, 4]),
        ({"not_inside": "def $F(...): ..."}, "f()\ndef g(a=f()):\n  f()", [1, 2]),
        (
            {"inside": ["for $I in $X: ...", "while $C: ..."]},
            "for a in f(): f()\nwhile f(): f()\nf()",
            [1, 2],
        ),
        ({"inside": "try: ..."}, "try: f()\nexcept E: f()\nelse: f()\nfinally: f()", [1]),
        ({"inside": "except $E: ..."}, "try: f()\nexcept E: f()\nexcept: f()", [2]),
        ({"inside": "with lock: ..."}, "with lock: f()\nwith f(): f()", [1]),
        ({"inside": "g(...)"}, "g(f())\ng(h(f()))\nf()", [1, 2]),
        (
            {"inside": "@a\ndef $F(...): ..."},
            "@a\ndef g():\n  f()\n@b\ndef h():\n  f()\n@a\n@f()\ndef k(): pass",
            [3],
        ),
        ({"inside": "lambda: $B"}, "lambda: f()\nlambda x: f()", [1]),
        ({"inside": "class $C(A): ..."}, "class B(A):\n  def m(self): f()\nclass D: x = f()", [2]),
        ({"inside": "case $P: ..."}, "match f():\n  case 1: f()", [2]),
    ],
)
def test_what_stands_around(match, code, wanted):
    assert lines(code, {"pattern": "f()", **match}) == wanted


def test_holes_are_shared_with_the_surroundings():
    match = {"pattern": "$X.remove($Y)", "inside": "for $I in $X: ..."}
    (hit,) = hits("for i in a:\n  a.remove(i)\n  b.remove(i)", match)
    assert shown(hit) == {"X": "a", "Y": "i", "I": "i"}
    late = {"pattern": "f()", "inside": "def $F(...): ...", "where": {"F": {"regex": "^test_"}}}
    assert lines("def test_a(): f()\ndef b(): f()", late) == [1]


@pytest.mark.parametrize(
    ("match", "code", "wanted"),
    [
        ({"pattern": "def $F(...): ...", "has": "return $X"}, "def f(): return 1\ndef g(): pass", [1]),
        ({"pattern": "def $F(...): ...", "has_not": "return $X"}, "def f(): return 1\ndef g(): pass", [2]),
        ({"pattern": "def $F(...): ...", "has": "$F(...)"}, "def f(): f()\ndef g(): f()", [1]),
        ({"pattern": "f(...)", "has": "f(...)"}, "f(f())\nf()", [1]),
        ({"pattern": "$X = open(...)\n...\nend()", "has": "$X.close()"},
         "a = open(p)\na.close()\nend()\nb = open(p)\nend()", [1]),
        ({"pattern": "with $L: ...", "has": ["a()", "b()"]}, "with l: b()\nwith l: c()", [1]),
    ],
)  # fmt: skip
def test_what_stands_below(match, code, wanted):
    assert lines(code, match) == wanted


def test_holes_that_every_hit_holds_are_known():
    plan = rule({"pattern": "f($X, $Y)", "inside": "def $F(...): ..."}, {"pattern": "g($X)"})
    assert plan.matcher.holes == {"X"}
    assert rule({"pattern": "f($X)", "inside": ["def $F(...): ...", "class $C: ..."]}).matcher.holes == {"X"}
    assert rule().matcher.holes == frozenset()
