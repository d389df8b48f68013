"""The test of all rules sees each fault that a rule can have."""

from pathlib import Path

import pytest
from rule_folder import write_rule

from autonomous.rulebook import behaviour
from autonomous.rulebook.behaviour import NoAnswer, Pair, differences
from autonomous.rulebook.book import load
from autonomous.rulebook.trial import try_rule

TOML = """
[[match]]
pattern = "old($X)"
[fix]
safety = "safe"
replace = "new($X)"
"""
README = "# probe\n\nIt matters because old is older than new, and new is younger.\n\n```python\nold(1)\n```\n\nThe fix is safe."
GOOD = {
    "one": "def check():\n    return len([1])\n\n\nold(1)\n".replace("old(1)", "def f(): old(1)")
    + "# output\n" + "def check():\n    return len([1])\n\n\ndef f(): new(1)\n",
    "two": "old(1)\n# output\nnew(1)\n",
    "ok_one": "new(1)\n",
    "ok_two": "x.old(1)\n",
}  # fmt: skip


def complaints(
    root: Path, toml: str, cases: dict[str, str], readme: str = README, other: str = ""
) -> list[str]:
    """What is wrong with a rule, as `case: first line`."""
    folder = write_rule(root, toml, README_md=readme)
    (folder / "cases").mkdir()
    for stem, text in cases.items():
        (folder / "cases" / f"{stem}.py").write_text(text, encoding="utf-8")
    if other:
        write_rule(root, other, name="other")
    book = load([root])
    return [f"{each.case}: {each.what.splitlines()[0]}" for each in try_rule(book, book.rule("probe"))]


def test_a_good_rule(tmp_path: Path) -> None:
    assert complaints(tmp_path, TOML, GOOD) == []


def test_an_empty_folder(tmp_path: Path) -> None:
    assert complaints(tmp_path, TOML, {}, readme="") == [
        ": has 0 cases that must be found, needs 2",
        ": has 0 cases that must be left alone, needs 2",
        ": README.md does not say why it matters",
        ": README.md shows no example",
        ": README.md does not say why the fix is, or is not, safe",
        ": has a safe fix, but no case whose `check()` can be run before and after",
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("new(1)\n# output\nnew(1)\n", "nothing is found"),
        ("# expect: 2\nold(1)\n# output\nnew(1)\n", "1 findings (lines 1) where 2 are expected"),
        ("old(1)\n", "1 findings (lines 1) where 0 are expected"),
        ("old(1)\n# output\nnewer(1)\n", "is not rewritten as it should be"),
        ("# expect: 1\nold(1)\n", "is not rewritten as it should be"),
        ("old(1\n", "can't be read, before or after: "),
    ],
)
def test_a_case_that_does_not_come_out(tmp_path: Path, text: str, complaint: str) -> None:
    found = complaints(tmp_path, TOML, GOOD | {"bad": text})
    assert any(each.startswith(f"bad: {complaint}") for each in found), found


def test_a_fix_that_never_ends_and_leaves_its_finding(tmp_path: Path) -> None:
    cases = GOOD | {"two": f"old(1)\n# output\n{'old(' * 11}1{')' * 11}\n"}
    found = complaints(tmp_path, TOML.replace("new($X)", "old(old($X))"), cases)
    assert "two: a second pass changes it again" in found
    assert any(each.startswith("two: the finding is still there: found (line 1)") for each in found)


def test_a_fix_that_makes_another_rule_fire(tmp_path: Path) -> None:
    other = 'id = "AUT998"\ntitle = "t"\nmessage = "m"\nseverity = "low"\nconfidence = 1\n[[match]]\npattern = "new($X)"\n'
    found = complaints(tmp_path, TOML, {"two": GOOD["two"]}, other=other)
    assert "two: the rewrite makes other fire, which did not fire before" in found


def test_a_fix_that_is_not_safe(tmp_path: Path) -> None:
    case = "def check():\n    return {0}(1)\n\n\ndef old(x): return x\n\n\ndef new(x): return -x\n"
    cases = GOOD | {"bad": case.format("old") + "# output\n" + case.format("new")}
    assert complaints(tmp_path, TOML, cases) == [
        "bad: `check()` behaves differently: returned 1 before, returned -1 after"
    ]


def test_a_fix_for_review_need_not_behave_the_same(tmp_path: Path) -> None:
    case = "def check():\n    return {0}(1)\n\n\ndef old(x): return x\n\n\ndef new(x): return -x\n"
    cases = GOOD | {"bad": case.format("old") + "# output\n" + case.format("new")}
    assert complaints(tmp_path, TOML.replace('"safe"', '"review"'), cases) == []


def test_a_case_that_kills_its_process(tmp_path: Path) -> None:
    case = "import os\n\n\ndef check():\n    os._exit({0}(3))\n\n\nold = new = int\n"
    cases = GOOD | {"bad": case.format("old") + "# output\n" + case.format("new")}
    (found,) = complaints(tmp_path, TOML, cases)
    assert found.startswith(": `check()` of 2 cases could not be run: ")


@pytest.mark.parametrize(
    ("before", "after", "answer"),
    [
        ("def check(): return [1]", "def check(): return [1]", ""),
        ("def check(): print(1)", "def check(): pass", ""),
        ("def check(): raise KeyError(1)", "def check(): {}[2]", ""),
        ("def check(): raise KeyError(1)", "def check(): raise ValueError(1)", "raised 'KeyError' before, raised 'ValueError' after"),
        ("def check(): return 1", "def check(): return 2", "returned 1 before, returned 2 after"),
        ("def check(): return 1", "1 / 0", "returned 1 before, raised 'ZeroDivisionError' after"),
        ("def check(): return C()\nclass C:\n    def __eq__(self, o): raise ValueError\n    __repr__ = lambda s: 'C'",
         "def check(): return 1", "returned C before, returned 1 after"),
        ("def check(): raise SystemExit", "def check(): raise SystemExit", ""),
    ],
)  # fmt: skip
def test_behaviour(before: str, after: str, answer: str) -> None:
    assert differences([Pair(before, after)]) == (answer,)


def test_no_cases_need_no_process() -> None:
    assert differences([]) == ()


def test_a_case_that_never_ends() -> None:
    loop = "def check():\n    while True: pass\n"
    with pytest.raises(NoAnswer):
        differences([Pair(loop, loop)], seconds=0.5)
    assert behaviour.SECONDS == 60.0
