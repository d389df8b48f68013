"""Loading: what is wrong is named with its file and key, and a stranger's code does not run."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rule_folder import HEAD, write_rule

from autonomous.model.errors import ExitCode
from autonomous.model.kinds import Category, Safety, Severity
from autonomous.rulebook import shelf as shelf_module
from autonomous.rulebook.book import load
from autonomous.rulebook.case import read_case
from autonomous.rulebook.code import digest_of_code, function_of
from autonomous.rulebook.faults import RuleBroken, RuleCodeRefused
from autonomous.rulebook.shelf import installed_shelves, load_rule, load_rules, shelf

MATCH = '[[match]]\npattern = "old($X)"\n'


def test_the_shipped_shelf_is_that_of_the_checkout() -> None:
    assert shelf() == Path(__file__).resolve().parents[2] / "rules"


def test_the_shipped_rules_load_fast() -> None:
    load_rules([shelf()])
    started = time.perf_counter()
    rules = load_rules([shelf()])
    assert (time.perf_counter() - started) / len(rules) < 0.003, (
        "a rule takes 0.3 ms, with room for a busy machine"
    )


def test_what_a_rule_says_about_itself(tmp_path: Path) -> None:
    folder = write_rule(
        tmp_path,
        HEAD + 'cwe = [78]\nowasp = "A03"\nreferences = ["u"]\n' + MATCH
        + '[[fix]]\nsafety = "review"\nreplace = "a($X)"\n[[fix]]\nsafety = "safe"\nreplace = "b($X)"\n',
        category="security",
        README_md="# probe\n",
    )  # fmt: skip
    (rule,) = load_rules([tmp_path])
    assert (rule.id, rule.name, rule.category, rule.folder) == ("AUT999", "probe", Category.SECURITY, folder)
    assert (rule.title, rule.message, rule.severity, rule.confidence) == (
        "Test fault",
        "found",
        Severity.LOW,
        0.5,
    )
    assert (rule.cwe, rule.owasp, rule.references) == ((78,), "A03", ("u",))
    assert (rule.has_fix, rule.safest, len(rule.matches)) == (True, Safety.SAFE, 1)
    assert (rule.readme, rule.cases, rule.finder) == ("# probe\n", (), None)


def test_one_rule_folder_can_be_loaded_alone(tmp_path: Path) -> None:
    folder = write_rule(tmp_path, MATCH)
    (rule,) = load_rules([folder])
    assert (rule.category, rule.has_fix, rule.safest, rule.readme) == (Category.STYLE, False, None, "")


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("id = ", "is no TOML"),
        (HEAD + "[[match]]\npatern = 'x'\n", "match[0].patern: unknown key; did you mean `pattern`?"),
        (HEAD + "severty = 'low'\n", "severty: unknown key; did you mean `severity`?"),
        (HEAD + "zzz = 1\n", "zzz: unknown key; known: id, title"),
        (HEAD + MATCH + "where.X = { one_off = [1] }\n", "match[0].where[...].one_off: unknown key; did you mean `one_of`?"),
        (HEAD + MATCH + "[fix]\nsafety = 'safe'\nreplce = ''\n", "fix.replce: unknown key; did you mean `replace`?"),
        (HEAD + MATCH + "[[fix]]\nsafety = 'sure'\n", "fix"),
        (HEAD.replace("low", "lowest") + MATCH, "severity: invalid enum value 'lowest'"),
        (HEAD.replace("title =", "titel =") + MATCH, "titel: unknown key; did you mean `title`?"),
        (HEAD.replace('title = "Test fault"', "") + MATCH, "object missing required field `title`"),
        (HEAD.replace("AUT999", "XYZ1") + MATCH, "id: `XYZ1` is not AUT and three digits"),
        (HEAD.replace("0.5", "1.5") + MATCH, "confidence: 1.5 is not between 0 and 1"),
        (HEAD, "match: there is no pattern, and no rule.py"),
        (HEAD.replace('"found"', '"found $Y"') + MATCH, "message: `$Y` is in no pattern"),
        (HEAD + MATCH.replace("$X", "$CMD") + "where.CDM = { constant = true }\n", "match[0].where.CDM: `$CDM` is in no pattern; did you mean `$CMD`?"),
        (HEAD + MATCH + "[fix]\nsafety = 'safe'\n", "fix: needs either `replace` or `call`"),
        (HEAD + MATCH + "[[fix]]\nsafety = 'safe'\nreplace = ''\ncall = 'f'\n", "fix[0]: needs either `replace` or `call`"),
        (HEAD + MATCH + "[fix]\nsafety = 'safe'\ncall = 'f'\n", "fix.call: there is no fix.py to hold `f`"),
        (HEAD + MATCH + "[fix]\nsafety = 'safe'\nreplace = 'a b'\n", "fix.replace: is not Python with holes: "),
        (HEAD + MATCH + "[fix]\nsafety = 'safe'\nreplace = '\"is $X\"'\n", "fix.replace: has the hole $X inside a string"),
        (HEAD + MATCH + "[fix]\nsafety = 'safe'\nreplace = 'a($Y)'\n", "fix.replace: `$Y` is in no pattern"),
        (HEAD + MATCH + "[fix]\nsafety = 'safe'\nreplace = ''\ntitle = '$Y'\n", "fix.title: `$Y` is in no pattern"),
        (HEAD + MATCH + "[fix]\nsafety = 'safe'\nreplace = ''\nimports = ['a b']\n", "fix.imports: `a b` is no module"),
        (HEAD + MATCH + "[fix]\nsafety = 'safe'\nreplace = ''\nunless.Y = { constant = true }\n", "fix.unless.Y: `$Y` is in no pattern"),
    ],
)  # fmt: skip
def test_faults_name_file_and_key(tmp_path: Path, toml: str, message: str) -> None:
    folder = write_rule(tmp_path, toml)
    with pytest.raises(RuleBroken) as caught:
        load_rules([tmp_path])
    assert str(caught.value).startswith(f"{folder / 'rule.toml'}: {message}")
    assert caught.value.exit_code is ExitCode.USAGE


def test_holes_of_surroundings_count(tmp_path: Path) -> None:
    toml = (
        HEAD.replace('"found"', '"found $F $G"')
        + MATCH
        + 'inside = "def $F(): ..."\nhas = ["g($G)", "h($G)"]\n'
    )
    write_rule(tmp_path, toml)
    assert len(load_rules([tmp_path])) == 1


def test_a_pattern_that_can_not_be_compiled_is_named_when_it_is_used(tmp_path: Path) -> None:
    folder = write_rule(tmp_path, HEAD + "[[match]]\npattern = 'a b $'\n")
    with pytest.raises(RuleBroken, match="match: ") as caught:
        load([tmp_path]).fix_all(b"x\n", "a.py", rule="probe")
    assert caught.value.path == folder / "rule.toml"


def test_a_condition_that_can_not_be_compiled_is_named(tmp_path: Path) -> None:
    write_rule(tmp_path, MATCH + "[fix]\nsafety = 'safe'\nreplace = ''\nwhere.X = { regex = '(' }\n")
    with pytest.raises(RuleBroken, match="fix: "):
        load([tmp_path]).fix_all(b"old(1)\n", "a.py", rule="probe")


def test_folders_that_are_no_rules(tmp_path: Path) -> None:
    write_rule(tmp_path, MATCH)
    (tmp_path / "_taint").mkdir()
    (tmp_path / "style" / "__pycache__").mkdir()
    (tmp_path / "README.md").touch()
    assert len(load_rules([tmp_path])) == 1
    (tmp_path / "style" / "empty").mkdir()
    with pytest.raises(RuleBroken, match="can't be read: No such file"):
        load_rules([tmp_path])


def test_unknown_category_and_missing_folder(tmp_path: Path) -> None:
    write_rule(tmp_path, MATCH, category="stile")
    with pytest.raises(RuleBroken, match="`stile` is no category; known: security"):
        load_rules([tmp_path])
    with pytest.raises(RuleBroken, match="is no folder of rules"):
        load_rules([tmp_path / "nowhere"])


def test_ids_and_names_occur_once(tmp_path: Path) -> None:
    write_rule(tmp_path, MATCH, name="one")
    write_rule(tmp_path, MATCH, name="two")
    with pytest.raises(RuleBroken, match=r"id: `AUT999` is taken by .*/one"):
        load_rules([tmp_path])
    write_rule(tmp_path / "more", HEAD.replace("AUT999", "AUT998") + MATCH, name="one")
    with pytest.raises(RuleBroken, match="folder: `one` is taken by"):
        load_rules([tmp_path / "style" / "one", tmp_path / "more"])


def test_code_of_a_stranger_is_refused_until_its_digest_is_trusted(tmp_path: Path) -> None:
    folder = write_rule(tmp_path, HEAD, rule_py="raise SystemExit\n")
    with pytest.raises(RuleCodeRefused) as caught:
        load_rules([tmp_path])
    assert "rules trust" in caught.value.hint
    assert caught.value.exit_code is ExitCode.REFUSED
    assert caught.value.digest == digest_of_code(folder)
    (rule,) = load_rules([tmp_path], trusted=frozenset({caught.value.digest}))
    assert rule.has_code
    (folder / "rule.py").write_text("raise SystemExit(1)\n")
    with pytest.raises(RuleCodeRefused):
        load_rules([tmp_path], trusted=frozenset({caught.value.digest}))


def test_the_digest_tells_a_missing_file_from_an_empty_one(tmp_path: Path) -> None:
    without = digest_of_code(tmp_path)
    (tmp_path / "fix.py").touch()
    assert digest_of_code(tmp_path) != without


def test_code_is_loaded_once_and_late(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    code = f"with open({str(seen)!r}, 'a') as f: f.write('x')\ndef find(source): return ()\n"
    folder = write_rule(tmp_path / "shelf", HEAD, rule_py=code)
    rule = load_rule(folder, category=Category.STYLE, trusted=frozenset({digest_of_code(folder)}))
    assert not seen.exists()
    assert rule.finder is not None
    assert function_of(folder / "rule.py", "find") is rule.finder
    assert seen.read_text() == "x"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("def other(): pass\n", "defines no function `find`"),
        ("find = 1\n", "defines no function `find`"),
        ("import nowhere_at_all\n", "can't be loaded: ModuleNotFoundError"),
        ("def\n", "can't be loaded: SyntaxError"),
    ],
)
def test_code_that_is_broken(tmp_path: Path, code: str, message: str) -> None:
    folder = write_rule(tmp_path, HEAD, rule_py=code)
    (rule,) = load_rules([tmp_path], trusted=frozenset({digest_of_code(folder)}))
    with pytest.raises(RuleBroken, match=message):
        rule.finder  # noqa: B018 - reading it loads it


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that packages are installed in."""
    monkeypatch.syspath_prepend(tmp_path)
    installed_shelves.cache_clear()
    yield tmp_path
    installed_shelves.cache_clear()
    sys.modules.pop("extra_rules", None)


def _install(site: Path, entry: str) -> None:
    package = site / "extra_rules"
    package.mkdir()
    (package / "__init__.py").write_text(f"folder = {str(package)!r}\nnothing = 1\n")
    info = site / "extra_rules-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: extra-rules\nVersion: 1\n")
    (info / "entry_points.txt").write_text(f"[autonomous.rules]\nextra = {entry}\n")
    write_rule(package, HEAD, rule_py="def find(source): return ()\n")


@pytest.mark.parametrize("entry", ["extra_rules", "extra_rules:folder"])
def test_installed_packages_add_shelves(site: Path, entry: str) -> None:
    _install(site, entry)
    assert installed_shelves() == (site / "extra_rules",)
    (rule,) = load_rules(installed_shelves())
    assert rule.has_code, "what is installed is trusted"


def test_an_entry_point_that_is_no_place(site: Path) -> None:
    _install(site, "extra_rules:nothing")
    with pytest.raises(RuleBroken, match="neither a path nor a package"):
        installed_shelves()


@pytest.mark.parametrize(
    ("text", "path", "before", "after", "expected"),
    [
        (b"a\n\n# output\n\nb\n", "src/app.py", b"a\n", b"b\n", None),
        (b"a\n# output\n", "src/app.py", b"a\n", b"", None),
        (b"a\r\n# output\r\nb\r\n", "src/app.py", b"a\r\n", b"b\r\n", None),
        (b"a", "src/app.py", b"a\n", None, 0),
        (b"# expect: 2\na\n", "src/app.py", b"a\n", None, 2),
        (b"# path: tests/test_x.py\n# expect: 1\na\n# output\nb\n", "tests/test_x.py", b"a\n", b"b\n", 1),
        (b"x = '''\n  # output\n'''\n", "src/app.py", b"x = '''\n  # output\n'''\n", None, 0),
    ],
)  # fmt: skip
def test_cases(
    tmp_path: Path, text: bytes, path: str, before: bytes, after: bytes | None, expected: int | None
) -> None:
    file = tmp_path / "case.py"
    file.write_bytes(text)
    case = read_case(file)
    assert (case.stem, case.path, case.before, case.after, case.expected) == (
        "case",
        path,
        before,
        after,
        expected,
    )
    assert case.positive is (expected != 0)


@pytest.mark.parametrize(
    ("text", "message"),
    [(b"# output\n# output\n", "more than one line"), (b"# expect: two\n", "`# expect: two` is no number")],
)
def test_what_is_no_case(tmp_path: Path, text: bytes, message: str) -> None:
    file = tmp_path / "case.py"
    file.write_bytes(text)
    with pytest.raises(RuleBroken, match=message):
        read_case(file)


def test_an_installation_without_rules_says_so(tmp_path: Path) -> None:
    package = shelf_module.__file__
    assert package is not None
    with pytest.raises(RuleBroken, match="missing from this installation"):
        shelf(tmp_path / "src" / "autonomous")
