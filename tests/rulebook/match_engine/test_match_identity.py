"""A fingerprint stays with its finding when the file around it changes."""

from match_samples import rule

from autonomous.analysis.source import read_source
from autonomous.rulebook.engine import Engine
from autonomous.rulebook.identity import fingerprints, normalised


def digests(code, pattern="f(...)", path="m.py", **match):
    source = read_source(path, code.encode())
    engine = Engine([rule({"pattern": pattern, **match})])
    return [digest for _, _, digest in fingerprints(source, engine.hits(source))]


ONE = digests("def g():\n  f(1, 'a')\n")


def test_lines_comments_and_formatting_do_not_matter():
    assert len(ONE) == 1
    assert len(ONE[0]) == 64
    assert digests('import x\n\n\ndef h(): pass\n@x\ndef g(a):\n  x()\n  f( 1,  # why\n   "a")\n') == ONE


def test_code_symbol_path_and_rule_matter():
    others = [
        digests("def g():\n  f(1, 'b')\n"),
        digests("def g():\n  f(1, b'a')\n"),
        digests("def h():\n  f(1, 'a')\n"),
        digests("class C:\n  def g(self):\n    f(1, 'a')\n"),
        digests("def g():\n  f(1, 'a')\n", path="n.py"),
    ]
    assert len({ONE[0], *(each[0] for each in others)}) == 6


def test_equals_are_counted_in_their_symbol():
    twice = digests("def g():\n  f(1, 'a')\n  f(1, 'a')\ndef h():\n  f(1, 'a')\n")
    assert twice[0] == ONE[0]
    assert len(set(twice)) == 3


def test_an_edit_in_a_body_is_no_new_finding_of_the_head():
    pattern = "def $F(..., $P=[], ...): ..."
    before = digests("def g(a=[]):\n  x()\n", pattern)
    assert digests("def g(a=[]):\n  y()\n  return 2\n", pattern) == before
    assert digests("def g(a=[], b=1):\n  x()\n", pattern) != before


def test_places_of_one_match_have_their_own():
    found = digests("def g(a=[], b=[]): pass", "def $F(..., $P=[], ...): ...", span="P")
    assert len(set(found)) == 2


def test_normalised_code_is_the_same_for_the_same_code_only():
    def of(code):
        return normalised(read_source("m.py", code.encode()).tree.body[0])

    assert of("x = ['a', (b)]") == of('x=[ "a", b ] # c')
    assert of("x = 1") != of("x = '1'")
    assert of("x = 1") != of("x = 1.0")
    assert of("x = [a, [b]]") != of("x = [[a], b]")
    assert of("global a, b") != of("global b, a")
    assert of("if a: b") == of("if a: c")
    assert len(of("x = " + " + ".join(["1"] * 900))) > 900
