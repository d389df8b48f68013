"""Rewriting of matches that no pattern makes: what rule.py may yield, and what can't be put into a file."""

import ast
from collections.abc import Callable

import pytest

from autonomous.analysis.source import read_source
from autonomous.model.kinds import Safety
from autonomous.rulebook.hit import Held, Hit
from autonomous.rulebook.proof import proved, way_to
from autonomous.rulebook.rewrite import rewritten
from autonomous.rulebook.schema import Fix

Pick = Callable[[ast.Module], ast.AST]


def no_function(name: str) -> None:
    raise AssertionError(name)


def rewrite(
    text: str,
    pick: Pick,
    replace: str,
    held: dict[str, Callable[[ast.AST], Held]] | None = None,
    rest: int = 0,
) -> str:
    """Apply a template to a node; the text as it was where it does not apply."""
    source = read_source("a.py", text.encode())
    node = pick(source.tree)
    parent = source.parent(node)
    after = tuple(parent.body[parent.body.index(node) + 1 :][:rest]) if rest else ()
    hit = Hit(node, node, {name: get(node) for name, get in (held or {}).items()}, rest=after)
    fix = Fix(safety=Safety.SAFE, replace=replace)
    made = rewritten(source, hit, fix, index=0, title="t", function=no_function)
    return text if made is None else made.after.decode()


def first(tree: ast.Module) -> ast.AST:
    return tree.body[0]


def value(tree: ast.Module) -> ast.AST:
    return tree.body[0].value


def test_a_hole_may_hold_a_statement_or_a_run_of_one() -> None:
    held = {"S": lambda node: node.body[0], "T": lambda node: (node.test,), "R": lambda node: node.body[1]}
    before = "if a:\n    x  # c\n    y\n"
    assert rewrite(before, first, "while $T:\n    $S\n    $...R", held) == "while a:\n    x  # c\n    y\n"


def test_compound_statements_in_runs() -> None:
    held = {"B": lambda node: tuple(node.body)}
    before = "if a:\n  with b:\n\n    # c\n    d\n"
    assert rewrite(before, first, "$...B", held) == "with b:\n\n  # c\n  d\n"


def test_the_foot_of_a_block_goes_with_all_of_it() -> None:
    before = "def f():\n    if a:\n        x\n        y\n        # foot\n    z\n"
    inner = lambda tree: tree.body[0].body[0]  # noqa: E731
    whole = {"B": lambda node: tuple(node.body)}
    after = "def f():\n    while b:\n        x\n        y\n        # foot\n    z\n"
    assert rewrite(before, inner, "while b:\n    $...B", whole) == after
    part = {"B": lambda node: tuple(node.body[:1])}
    after = "def f():\n    while b:\n        x\n    z\n"
    assert rewrite(before, inner, "while b:\n    $...B", part) == after


def test_compound_statements_are_replaced_together() -> None:
    before = "if a:\n    b\nif c:\n    d\ne\n"
    assert rewrite(before, first, "f", rest=1) == "f\ne\n"
    assert rewrite("a\nb; c\n", first, "f", rest=1) == "a\nb; c\n", "a statement that shares its line"


def test_a_comment_behind_a_statement_goes_to_the_head_of_a_block() -> None:
    assert rewrite("x = 1  # c\n", first, "if x:\n    y") == "if x:  # c\n    y\n"


@pytest.mark.parametrize(
    ("before", "pick", "replace", "held"),
    [
        ("def f(a): pass\n", lambda t: t.body[0].args.args[0], "b", {}),  # no place for a template
        ("def f(a): pass\n", lambda t: t.body[0].args.args[0], "", {}),
        ("x = f(a)\n", value, "g($...A)", {"A": lambda n: n}),  # `f(a)` is no argument
        ("x = f(a)\n", value, "g($A)", {"A": lambda n: n.args}),
        ("x = f(a)\n", value, "g($A)", {"A": lambda n: ()}),
        ("x = f(a)\n", value, "g($A)", {"A": lambda n: ast.Name("made", ast.Load())}),
        ("x = f(a)\n", value, "g($...A)", {"A": lambda n: "name"}),
        ("f(a=1)\n", value, "[$A]", {"A": lambda n: n.keywords[0]}),
        ("x = f(a)\n", value, "$...A", {"A": lambda n: (n,)}),  # a statement for an expression
        ("x = f(a)\n", first, "if a:\n    $...A", {"A": lambda n: (n.value,)}),
        ("x = f(a)\n", value, "def g(): $A", {"A": lambda n: n.args[0]}),
        ("x = [a for a in b]\n", value, "g($A)", {"A": lambda n: n.generators[0]}),
        ("import a\n", first, "import $A.b", {"A": lambda n: n.names[0]}),
        ("try: a\nexcept E: b\n", lambda t: t.body[0].handlers[0], "c", {}),
        ("x = 1\n", first, "except E: pass", {}),
        ("\x0cf(a)\n", value, "g()", {}),  # LibCST would lose the form feed
        ("a\rf(a)\r", lambda t: t.body[1].value, "g()", {}),
        ("\x0cf(a)\n", first, "g()", {}),
        ("f'{a(b)}'\n", lambda t: t.body[0].value.values[0].value, "c + '\"'", {}),
    ],
)  # fmt: skip
def test_what_can_not_be_done_is_not_offered(
    before: str, pick: Pick, replace: str, held: dict[str, Callable[[ast.AST], Held]]
) -> None:
    assert rewrite(before, pick, replace, held) == before


def test_brackets_of_tuples_and_generators_are_found() -> None:
    held = {"A": lambda node: node.args[0]}
    assert rewrite("x = f(( a, b ))\n", value, "g($A)", held) == "x = g(( a, b ))\n"
    assert rewrite("x = f( (i for i in j) )\n", value, "g($A)", held) == "x = g((i for i in j))\n"
    before = "x = f((a), (b))[c, d]\n"
    assert rewrite(before, value, "g($A)", {"A": lambda n: n.slice}) == before, "an index has no brackets"


def test_code_with_odd_escapes_gives_no_warnings() -> None:
    assert (
        rewrite("x = f('\\d')\n", value, "g($A, '\\w')", {"A": lambda n: n.args[0]})
        == "x = g('\\d', '\\w')\n"
    )


def test_the_proof_sees_code_that_is_grouped_in_another_way() -> None:
    source = read_source("a.py", b"x = a and f(b)\ny = [1, 2]\n")
    call = source.tree.body[0].value.values[1]
    meaning = ast.parse("b or c", mode="eval").body
    assert proved(source, call, "x = a and (b or c)\ny = [1, 2]\n", meaning=[meaning])
    assert not proved(source, call, "x = a and b or c\ny = [1, 2]\n", meaning=[meaning])
    assert not proved(source, call, "x = a and (b or c)\n", meaning=[meaning])
    assert not proved(source, call, "x = (a, and", meaning=[meaning])
    assert not proved(source, call, "del x\ny\n", meaning=[meaning])


def test_a_node_of_another_tree_has_no_way() -> None:
    source = read_source("a.py", b"x\n")
    with pytest.raises(ValueError, match="Name"):
        way_to(source, ast.Name("x"))


def test_lines_that_libcst_would_change_stay_as_they_are() -> None:
    before = "try:\n    x = f(a)\nexcept (E, F) :\n    pass\n"
    inner = lambda tree: tree.body[0].body[0].value  # noqa: E731
    assert rewrite(before, inner, "g()") == before.replace("f(a)", "g()")
