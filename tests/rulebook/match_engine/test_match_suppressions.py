"""Comments silence exactly what they name, and the rest is told."""

from dataclasses import dataclass

import pytest
from match_samples import rule

from autonomous.analysis.source import read_source
from autonomous.analysis.suppressions import read_suppressions
from autonomous.rulebook.engine import Engine, Plan


@dataclass
class Scanned:
    kept: list[str]  # ids of the rules
    suppressed: int
    unused_ignores: tuple[int, ...]
    bare_ignores: tuple[int, ...]


def scanned(code, *plans, known=(), same_as=()):
    applied = plans or (rule("f(...)", same_as=same_as),)
    source = read_source("m.py", code.encode())
    comments = read_suppressions(source, foreign=True)
    silenced = [
        (plan.id, comments.silences(hit.at, plan.names)) for plan, hit in Engine(applied).hits(source)
    ]
    return Scanned(
        kept=[name for name, is_silenced in silenced if not is_silenced],
        suppressed=sum(is_silenced for _, is_silenced in silenced),
        unused_ignores=comments.unused(judged={"AUT001", "sample"}, known=known),
        bare_ignores=comments.bare,
    )


@pytest.mark.parametrize(
    "code",
    [
        "f()  # autonomous: ignore[AUT001] because it is fine",
        "f()  # autonomous: ignore[sample]",
        "f()  #autonomous:ignore[AUT9, AUT001]: fine",
        "# autonomous: ignore[AUT001]\nf()",
        "# autonomous: ignore[AUT001] - a reason\n# and more words\n\nf()",
        "x = f(\n  1,  # autonomous: ignore[AUT001]\n)",
        "x = [\n  f(),\n]  # autonomous: ignore[AUT001]",
        "if a:  # autonomous: ignore[AUT001]\n  pass\nelif f():  # autonomous: ignore[AUT001]\n  pass",
        "if a:\n  # autonomous: ignore[AUT001]\n  f()",
        "# autonomous: ignore[AUT001]\n@a\n@f()\ndef g(): pass",
        "@a\n@f()  # autonomous: ignore[AUT001]\ndef g(): pass",
        "@f()\ndef g(\n  a,\n):  # autonomous: ignore[AUT001]\n  pass",
        "try:\n  pass\nexcept f():  # autonomous: ignore[AUT001]\n  pass",
        "f()  # noqa: E501  # autonomous: ignore[AUT001]",
        "match f():  # autonomous: ignore[AUT001]\n  case 1: pass",
        "x = '''\n'''; f()  # autonomous: ignore[AUT001]",
        "class C(f()):  # autonomous: ignore[AUT001]\n  @a\n  def m(self): pass",
    ],
)
def test_silenced(code):
    found = scanned(code)
    assert found.kept == []
    assert found.suppressed == 1
    assert found.unused_ignores in ((), (1,))


@pytest.mark.parametrize(
    "code",
    [
        "f()  # autonomous: ignore[AUT002]",
        "f()  # autonomous: ignore[*]",
        "f()  # autonomous: ignore",
        "f()  # autonomous: ignore[AUT0011]",
        "'# autonomous: ignore[AUT001]'; f()",
        "f()\n# autonomous: ignore[AUT001]",
        "# autonomous: ignore[AUT001]\nx\nf()",
        "def g():  # autonomous: ignore[AUT001]\n  f()",
        "f()  # noqa",
        "f()  # nosec",
    ],
)
def test_not_silenced(code):
    found = scanned(code)
    assert found.kept == ["AUT001"]
    assert found.suppressed == 0


@pytest.mark.parametrize(
    ("comment", "silenced"),
    [
        ("# noqa", True), ("# NOQA", True), ("#noqa", True), ("# noqa: S602", True), ("# noqa: E501, S602", True),
        ("# noqa:s602", True), ("# noqa: E501 S602 - why", True), ("# noqa: E501", False), ("# noqa: S60", False),
        ("# nosec", True), ("# nosec B602", True), ("# nosec: B602, B101", True), ("# nosec B101", False),
        ("# nosec - known to be safe", True), ("# ruff: noqa", False), ("# a word # noqa: S602", True), ("# type: ignore", False),
    ],
)  # fmt: skip
def test_other_tools_comments_count_for_the_same_fault(comment, silenced):
    found = scanned(f"f()  {comment}\n", same_as=("ruff S602", "bandit B602"))
    assert (found.suppressed == 1) is silenced
    assert found.unused_ignores == found.bare_ignores == ()
    assert scanned(f"{comment}\nf()", same_as=("ruff S602", "bandit B602")).suppressed == 0


def test_a_tools_bare_comment_is_about_its_own_codes_only():
    assert scanned("f()  # nosec", same_as=("ruff S602",)).suppressed == 0
    assert scanned("f()  # noqa", same_as=("bandit B602",)).suppressed == 0


def test_ignores_that_silence_nothing_and_ignores_without_reason():
    code = (
        "f()  # autonomous: ignore[AUT001] because of x\n"
        "f()  # autonomous: ignore[AUT001]\n"
        "g()  # autonomous: ignore[AUT001] because\n"
        "# autonomous: ignore[AUT999]: gone\n"
        "g()  # autonomous: ignore[AUT500, other]\n"
    )
    found = scanned(code, known=("AUT001", "sample", "AUT500", "other"))
    assert found.suppressed == 2
    assert found.unused_ignores == (3, 4)
    assert found.bare_ignores == (2, 3, 5)


def test_one_comment_may_silence_several_rules():
    plans = [
        rule("f(...)"),
        Plan("AUT002", "two", rule("g()").matcher),
        Plan("AUT003", "three", rule("g()").matcher),
    ]
    found = scanned("f(g())  # autonomous: ignore[AUT001, AUT002] because\n", *plans)
    assert found.kept == ["AUT003"]
    assert found.suppressed == 2


def test_files_without_markers_are_not_read_for_comments():
    source = read_source("m.py", b"f()  # a comment\r\n\x0cf()  # noqa\n")
    assert read_suppressions(source, foreign=False).ignores == ()
    assert len(read_suppressions(source, foreign=True).ignores) == 1


def test_comments_are_found_on_the_lines_that_python_counts():
    assert scanned("x = '\u2028'\rf()  # autonomous: ignore[AUT001]\r").suppressed == 1
    assert scanned("x = '''\n\x0c'''\n\x0cf()  # autonomous: ignore[AUT001]\n").suppressed == 1
