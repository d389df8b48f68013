"""The rulebook: findings with all that a reader needs, rewrites by fingerprint, rounds, selections, pages."""

from pathlib import Path

import pytest
from rule_folder import HEAD, book_of, write_rule

from autonomous.analysis.source import Source, SourceUnreadable, read_source
from autonomous.model.errors import ExitCode
from autonomous.model.finding import Span
from autonomous.model.kinds import Category, Safety, Severity
from autonomous.rulebook.book import Rulebook, load
from autonomous.rulebook.case import Case
from autonomous.rulebook.code import digest_of_code
from autonomous.rulebook.faults import UnknownRule
from autonomous.rulebook.hit import Hit
from autonomous.rulebook.pages import page
from autonomous.rulebook.rounds import Candidate, fixed
from autonomous.rulebook.wording import worded

OLD = """
id = "AUT{0}"
title = "Old"
message = "`old` gets `$X`"
severity = "{1}"
confidence = 0.9
cwe = [1, 2]
owasp = "A01"
same_as = ["ruff X1"]
references = ["https://example.org"]
not_paths = ["tests/**"]
[[match]]
pattern = "old{0}($X)"
[[fix]]
safety = "review"
replace = "new($X)"
unless.X = {{ constant = true }}
risks = ["careful"]
[[fix]]
safety = "safe"
title = "Be new"
replace = "newer($X)"
benefits = ["good"]
where.X = {{ constant = true }}
"""


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    folder = write_rule(
        tmp_path,
        OLD.format(101, "high"),
        name="first",
        category="security",
        README_md="# first\n\nWhy.\n\n```python\nx\n```\n",
    )
    (folder / "cases").mkdir()
    (folder / "cases" / "a.py").write_text("old101(a)\n# output\nnew(a)\n")
    write_rule(tmp_path, OLD.format(102, "low"), name="second")
    return load([tmp_path])


def source(text: str, path: str = "src/app.py") -> Source:
    return read_source(path, text.encode())


def test_a_finding_has_all_that_a_reader_needs(book: Rulebook) -> None:
    text = "class A:\n    def f(self):\n        return old101(\n            [self,\n             1],\n        )  # x\n"
    (found,) = book.find(source(text))
    assert (found.rule, found.name, found.title) == ("AUT101", "first", "Old")
    assert (found.category, found.severity, found.confidence) == (Category.SECURITY, Severity.HIGH, 0.9)
    assert (found.path, found.span, found.symbol) == ("src/app.py", Span(3, 16, 6, 10), "A.f")
    assert found.message == "`old` gets `[self, 1]`"
    assert found.excerpt == ("        return old101(", "            [self,", "             1],")
    assert (found.fix, found.cwe, found.engine) == (Safety.REVIEW, (1, 2), "own")


def test_the_fix_is_judged_by_its_conditions(book: Rulebook) -> None:
    assert [found.fix for found in book.find(source("old101(1)\nold101(a)\n"))] == [
        Safety.SAFE,
        Safety.REVIEW,
    ]


def test_a_rule_without_fix_offers_none(tmp_path: Path) -> None:
    book = book_of(tmp_path, '[[match]]\npattern = "old($X)"\n')
    (found,) = book.find(source("old(1)\n"))
    assert found.fix is None
    assert book.rewrites(source("old(1)\n"), found) == ()


def test_long_code_is_shortened_in_messages(book: Rulebook) -> None:
    (found,) = book.find(source(f"old101('{'x' * 80}')\n"))
    assert found.message == f"`old` gets `'{'x' * 56}...`"


def test_findings_are_found_again_after_an_edit_above(book: Rulebook) -> None:
    before = source("old101(1)\nold101(1)\n")
    _, second = book.find(before)
    after = source("# more\nimport os\nold101(1)\nold101(1)\n")
    (way,) = book.rewrites(after, second)
    assert way.after == b"# more\nimport os\nold101(1)\nnewer(1)\n"
    assert (way.title, way.benefits, way.index) == ("Be new", ("good",), 0)
    assert book.rewrites(source("old101(1)\n"), second) == (), "it is no longer there"


def test_a_finding_of_a_rule_that_is_not_in_the_book(book: Rulebook) -> None:
    text = source("old101(1)\n")
    (found,) = book.find(text)
    assert book.select(rules=["second"]).rewrites(text, found) == ()


def test_ways_that_come_to_the_same_are_one(tmp_path: Path) -> None:
    toml = (
        '[[match]]\npattern = "old($X)"\n'
        + '[[fix]]\nsafety = "safe"\nreplace = "new($X)"\n' * 2
        + '[[fix]]\nsafety = "review"\nreplace = "$X"\n'
    )
    book = book_of(tmp_path, toml)
    text = source("y = old(1)\n")
    ways = book.rewrites(text, book.find(text)[0])
    assert [(way.after, way.index) for way in ways] == [(b"y = new(1)\n", 0), (b"y = 1\n", 1)]


def test_what_comments_silence(book: Rulebook) -> None:
    text = source(
        "old101(1)  # autonomous: ignore[AUT101] because it is a test\n"
        "old101(2)  # autonomous: ignore[first]\n"
        "old101(3)  # noqa: X1\n"
        "old102(4)  # autonomous: ignore[AUT101] wrong rule\n"
    )
    scan = book.scan(text)
    assert [found.rule for found in scan.findings] == ["AUT102"]
    assert (scan.suppressed, scan.unused_ignores, scan.bare_ignores) == (3, (4,), (2,))
    assert book.fix_all(text.data, "src/app.py", rule="first") == text.data
    narrowed = book.select(rules=["second"]).scan(text)
    assert narrowed.unused_ignores == (), "an ignore of a rule that did not run is not unused"


def test_selections(book: Rulebook) -> None:
    assert [rule.name for rule in book.rules] == ["first", "second"]
    assert book.select().rules == book.rules
    assert [rule.name for rule in book.select(categories=[Category.STYLE]).rules] == ["second"]
    assert [rule.name for rule in book.select(rules=["aut101"]).rules] == ["first"]
    assert [rule.name for rule in book.select(minimum=Severity.MEDIUM).rules] == ["first"]


def test_a_rule_that_is_not_there(book: Rulebook) -> None:
    with pytest.raises(UnknownRule, match="there is no rule firts") as caught:
        book.rule("firts")
    assert (caught.value.hint, caught.value.exit_code) == ("did you mean first?", ExitCode.USAGE)
    with pytest.raises(UnknownRule) as caught:
        book.select(rules=["zzzzzz"])
    assert caught.value.hint == "`autonomous rules list` shows them all"


def test_fix_all_goes_on_until_nothing_changes(book: Rulebook) -> None:
    before = b"y = old101(old101(old101(a))), old101(b)\n"
    assert book.fix_all(before, "src/app.py", rule="AUT101") == b"y = new(new(new(a))), new(b)\n"


def test_fix_all_leaves_other_files_alone(book: Rulebook) -> None:
    assert book.fix_all(b"old101(a)\n", "tests/x.py", rule="AUT101") == b"old101(a)\n"


def test_fix_all_of_a_file_that_can_not_be_read(book: Rulebook) -> None:
    with pytest.raises(SourceUnreadable):
        book.fix_all(b"old101(\n", "src/app.py", rule="AUT101")


def test_a_fix_for_display_is_never_applied(tmp_path: Path) -> None:
    toml = '[[match]]\npattern = "old($X)"\n[fix]\nsafety = "display"\nreplace = "new($X)"\n'
    book = book_of(tmp_path, toml)
    assert book.fix_all(b"old(1)\n", "a.py", rule="AUT999") == b"old(1)\n"


def test_rounds_end_after_ten(tmp_path: Path) -> None:
    toml = '[[match]]\npattern = "old($X)"\n[fix]\nsafety = "safe"\nreplace = "old(-$X)"\n'
    assert book_of(tmp_path, toml).fix_all(b"old(1)\n", "a.py", rule="AUT999") == b"old(----------1)\n"


def test_of_overlapping_fixes_the_outermost_and_most_severe_goes_first(tmp_path: Path) -> None:
    toml = '[[match]]\npattern = "old($X)"\n[fix]\nsafety = "safe"\nreplace = "{0}($X)"\n'
    books = {
        severity: book_of(tmp_path / name, toml.format(name))
        for severity, name in ((Severity.LOW, "low"), (Severity.HIGH, "high"))
    }

    def candidates(text: Source) -> list[Candidate]:
        return [
            Candidate(hit, severity, lambda b=book, h=hit: b.rewrites(text, b.find(text)[0])[0])
            for severity, book in books.items()
            for hit in [Hit(text.tree.body[0].value, text.tree.body[0].value)]
            if b"old" in text.data
        ]

    assert fixed(b"old(1)\n", "a.py", candidates=candidates) == b"high(1)\n"


def test_fixes_that_break_each_other_go_one_by_one(tmp_path: Path) -> None:
    # Each match alone can lose its lines; both together would leave a block without a body.
    toml = '[[match]]\npattern = "old($X)"\n[fix]\nsafety = "safe"\nreplace = ""\n'
    before = b"if x:\n    old(1)\n    old(2)\n"
    assert book_of(tmp_path, toml).fix_all(before, "a.py", rule="AUT999") == b"if x:\n    pass\n"


def test_facts_and_runs_in_messages(tmp_path: Path) -> None:
    rule_py = (
        "import ast\nfrom autonomous.rulebook.hit import Hit\n"
        "def find(source):\n"
        "    for node in source.nodes(ast.Call):\n"
        "        yield Hit(node, node, held={'ARGS': tuple(node.args), 'F': 'f'}, facts={'COUNT': str(len(node.args))})\n"
    )
    book = book_of(tmp_path, HEAD.replace("found", "$F $COUNT: $...ARGS, $OTHER"), rule_py=rule_py)
    (found,) = book.find(source("f(a,  b)\n"))
    assert found.message == "f 2: a, b, $OTHER"


def test_code_in_f_strings_is_written_anew() -> None:
    text = source('x = f"""\n{old( a )}"""\n')
    call = text.tree.body[0].value.values[1].value
    assert worded("$C", text, Hit(call, call, {"C": call})) == "old(a)"


def test_a_page(book: Rulebook) -> None:
    assert page(book.rule("first")) == (
        "# AUT101 first\n\n**Old.** security · high · confidence 0.9\n\nMessage: `old` gets `$X`\n\n"
        "Weakness: [CWE-1](https://cwe.mitre.org/data/definitions/1.html), "
        "[CWE-2](https://cwe.mitre.org/data/definitions/2.html) · OWASP A01\n\n"
        "The same fault elsewhere: ruff X1\n\nLooks at all files, but not at `tests/**`\n\n"
        "Why.\n\n```python\nx\n```\n\n"
        "## Fixes\n\n1. Rewrite it (review: right nearly always, but a person must look)\n   - careful: careful\n"
        "2. Be new (safe: behaviour stays the same, or only the fault goes)\n   - gain: good\n\n"
        "## Example\n\n```python\nold101(a)\n```\n\nbecomes\n\n```python\nnew(a)\n```\n\n"
        "## References\n\n- <https://example.org>\n"
    )


def test_a_page_of_a_rule_that_only_reports(tmp_path: Path) -> None:
    folder = write_rule(tmp_path, HEAD + 'paths = ["a/**"]\n[[match]]\npattern = "old($X)"\n')
    (folder / "cases").mkdir()
    (folder / "cases" / "a.py").write_text('# expect: 1\nold("""```""")\n')
    (rule,) = load([tmp_path]).rules
    text = page(rule)
    assert "Looks at `a/**`\n\n## Fix\n\nNo rewrite" in text
    assert text.endswith('## Example\n\n````python\nold("""```""")\n````\n')
    assert rule.cases == (Case("a", "src/app.py", b'old("""```""")\n', None, 1),)


def test_rules_know_the_functions_of_their_code(tmp_path: Path) -> None:
    folder = write_rule(
        tmp_path, HEAD, rule_py="def find(source): return ()\n", fix_py="def change(*a): ...\n"
    )
    (rule,) = load([tmp_path], trusted=frozenset({digest_of_code(folder)})).rules
    assert rule.finder is not None
    assert rule.fixer("change")(None, None, None) is None
