"""All rules in one walk find what each finds alone, in order, and no file can make them run for ever."""

import ast
import time
from pathlib import Path

import msgspec
import pytest
from match_samples import lines, rule

from autonomous.analysis.source import SourceUnreadable, read_source
from autonomous.rulebook.engine import Engine, Plan
from autonomous.rulebook.hit import Hit
from autonomous.rulebook.matching import compile_rule
from autonomous.rulebook.schema import RuleFile
from autonomous.rulebook.solving import Fuel, State

ROOT = Path(__file__).parents[3]
LIBRARY = [path for path in sorted(Path(ast.__file__).parent.glob("*.py")) if path.stat().st_size < 30_000][
    ::6
]
SHIPPED = [
    msgspec.toml.decode(path.read_bytes(), type=RuleFile) for path in sorted(ROOT.glob("rules/*/*/rule.toml"))
]
PATTERNS = [
    "$X == None", "$X.format(...)", "os.path.$FN($X)", "len($X)", "except $E: ...", "os.environ", "self.$A = $B",
    "def $F(..., $P=None, ...): ...", "if $C:\n  return $X\nreturn $Y", "'...'", "[...]", "{...}", "$F($X)",
    "$A = $B\n$C = $D", "re.compile(...)", "sys",
]  # fmt: skip


def plans():
    found = [Plan(f"P{n}", f"p{n}", rule(text).matcher) for n, text in enumerate(PATTERNS)]
    found += [Plan(each.id, each.id.lower(), compile_rule(each.match)) for each in SHIPPED if each.match]
    return found


def found_alone(plan, source):
    """The plain twin of the index: every pattern is tried on every node."""
    for node in ast.walk(source.tree):
        for alternative in plan.matcher.alternatives:
            hits = list(alternative.hits(node, State(source, Fuel(10_000))))
            if hits:
                yield from ((plan.id, id(hit.node), id(hit.at)) for hit in hits)
                break


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.name)
def test_the_index_finds_what_a_search_without_it_finds(path):
    source = read_source(path.name, path.read_bytes())
    everything = plans()
    together = [(plan.id, id(hit.node), id(hit.at)) for plan, hit in Engine(everything).hits(source)]
    alone = [each for plan in everything for each in found_alone(plan, source)]
    assert sorted(together) == sorted(alone)


def test_the_twins_have_something_to_find():
    source = read_source("ast.py", Path(ast.__file__).read_bytes())
    assert len({plan.id for plan, _ in Engine(plans()).hits(source)}) > 10


def test_hits_come_in_the_order_of_their_places_and_then_of_the_rules():
    first, second = rule("$F(...)"), Plan("AUT002", "two", rule("g(...)").matcher)
    source = read_source("m.py", b"b = g(g(1))\na = f(g(2))\n")
    found = [
        (plan.id, hit.at.lineno, hit.at.col_offset) for plan, hit in Engine([first, second]).hits(source)
    ]
    assert found == [
        ("AUT001", 1, 4), ("AUT002", 1, 4), ("AUT001", 1, 6), ("AUT002", 1, 6),
        ("AUT001", 2, 4), ("AUT001", 2, 6), ("AUT002", 2, 6),
    ]  # fmt: skip


def test_two_matches_of_one_rule_on_a_node_are_one_hit_and_the_first_counts():
    source = read_source("m.py", b"f(1)\ng(1)")
    ((_, one), (_, two)) = Engine([rule("f($FIRST)", "$F($SECOND)")]).hits(source)
    assert set(one.held) == {"FIRST"}
    assert set(two.held) == {"F", "SECOND"}
    ((_, one), _) = Engine([rule("$F($SECOND)", "f($FIRST)")]).hits(source)
    assert set(one.held) == {"F", "SECOND"}


def test_finders_run_beside_patterns():
    def find(source):
        for node in source.nodes(ast.Pass):
            yield Hit(node, node, facts={"WHY": "because"})

    plan = Plan("AUT003", "finder", finder=find)
    source = read_source("m.py", b"f()\npass\n")
    assert [plan.id for plan, _ in Engine([plan, rule("f()")]).hits(source)] == ["AUT001", "AUT003"]
    assert next(Engine([plan]).hits(source))[1].facts == {"WHY": "because"}


@pytest.mark.parametrize(
    ("paths", "not_paths", "path", "looked_at"),
    [
        ((), (), "a.py", True),
        (("src/**",), (), "src/a/b.py", True),
        (("src/**",), (), "lib/a.py", False),
        (("src",), (), "src/a.py", True),
        ((), ("tests/**",), "tests/a/test_b.py", False),
        ((), ("tests/**",), "src/tests/a.py", True),
        ((), ("**/tests/**",), "src/tests/a.py", False),
        ((), ("test_*.py",), "src/a/test_b.py", False),
        ((), ("test_?.py",), "test_bb.py", True),
        (("*.py",), ("a/*.py",), "a/b/c.py", True),
        (("*.py",), ("a/*.py",), "a/c.py", False),
        ((), ("a[1].py",), "a[1].py", False),
    ],
)
def test_a_rule_looks_at_its_own_paths(paths, not_paths, path, looked_at):
    found = [
        hit
        for _, hit in Engine([rule("f()", paths=paths, not_paths=not_paths)]).hits(read_source(path, b"f()"))
    ]
    assert bool(found) is looked_at

    def find(source):
        yield Hit(source.tree.body[0], source.tree.body[0])

    finder = Plan("AUT002", "finder", finder=find, paths=paths, not_paths=not_paths)
    assert bool(list(Engine([finder]).hits(read_source(path, b"f()")))) is looked_at


HOSTILE = {
    "many starts of a run of statements": ("$A = f()\n...\n$A.end()", "a = f()\n" * 20_000),
    "a long list and many runs": ("[..., $X, ..., $X, ..., $X, ...]", f"[{', '.join(map(str, range(3000)))}]"),
    "many keywords for many holes": (
        "f($A=$V, $B=$W, $C=$V, $D=$W, ...)",
        f"f({', '.join(f'k{n}={n}' for n in range(200))})",
    ),
    "a deep nest searched from each level": (
        {"pattern": "[$X]", "has": "nothing"},
        "[" * 90 + "nothing_" + "]" * 90 + ", 'nothing'",
    ),
    "many aliases": ("os.system(...)", "import os\n" + "".join(f"a{n} = a{n + 1}\n" for n in range(20_000)) + "a1()\n# system"),
    "one name with many meanings": ("os.system(...)", "system = os.system\n" * 5000 + "system()\n" * 5000),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_no_file_keeps_a_rule_busy_for_long(name):
    pattern, code = HOSTILE[name]
    source = read_source("m.py", code.encode())
    started = time.process_time()
    assert outcome(rule(pattern), source) in ("nothing", "m.py: rule AUT001 would need too long on it")
    assert time.process_time() - started < 20


def outcome(plan, source):
    try:
        return str(list(Engine([plan]).hits(source)) or "nothing")
    except SourceUnreadable as refused:
        return str(refused)


def test_code_nested_too_deep_for_a_finder_is_reported():
    def find(source):
        yield Hit(source.tree, source.tree, facts={"CODE": ast.unparse(source.tree)})

    source = read_source("m.py", ("x = " + " + ".join(["1"] * 900)).encode())
    with pytest.raises(SourceUnreadable, match="nested too deep for a rule"):
        list(Engine([Plan("AUT001", "deep", finder=find)]).hits(source))


def test_patterns_read_code_nested_as_deep_as_python_allows():
    chain = "x = " + " + ".join(["f(1)"] * 900)
    assert len(lines(chain, "f(1)")) == 900
    assert lines(chain + f"\ny = ({chain[4:]}) == ({chain[4:]})", "$X == $X") == [2]


@pytest.mark.parametrize(
    ("match", "words"),
    [
        ("os.system($X)", {"os", "system"}),
        ({"pattern": "$X == None", "inside": "def $F(...): ..."}, {"None", "def"}),
        ({"pattern": "$X == None", "inside": ["def $F(...): ...", "class $C: ..."]}, {"None"}),
        ("open($X, mode=$M)", {"open", "mode"}),
        ("except $E: ...", {"except"}),
        ("$X == 'a'", set()),
    ],
)
def test_words_without_which_a_rule_is_not_tried(match, words):
    assert rule(match).matcher.alternatives[0].words == words
