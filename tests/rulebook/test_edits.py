"""The edits that several fixes share keep comments, commas and line breaks."""

import libcst as cst
import pytest

from autonomous.rulebook import edits


def call(code: str) -> cst.Call:
    found = cst.parse_expression(code)
    assert isinstance(found, cst.Call)
    return found


def code(node: cst.CSTNode | None) -> str | None:
    return None if node is None else cst.Module([]).code_for_node(node)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f(a, k=1)", "f(a)"),
        ("f(k=1, a=2)", "f(a=2)"),
        ("f( k=1 )", "f()"),
        ("f(a)", "f(a)"),
        ("f(\n    a,\n    k=1,\n)", "f(\n    a,\n)"),
        ("f(\n    a,\n    k=1\n)", "f(\n    a\n)"),
        ("f(\n    a,  # first\n    k=1,\n)", "f(\n    a,  # first\n)"),
        ("f(\n    a,  # first\n    k=1\n)", "f(\n    a,  # first\n)"),
        ("f(a,  # first\n  k=1)", "f(a,  # first\n  )"),
        ("f(\n    a,\n    k=1,  # why\n)", None),
        ("f(\n    a,\n    k=(  # why\n        1\n    ),\n)", None),
    ],
)
def test_a_keyword_goes_without_a_trace_or_not_at_all(before: str, after: str | None) -> None:
    assert code(edits.without_keyword(call(before), "k")) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f()", "f(k=1)"),
        ("f(a)", "f(a, k=1)"),
        ("f(a, k=2)", "f(a, k=1)"),
        ("f(k=2, a=3)", "f(k=1, a=3)"),
        ("f(a,b)", "f(a,b,k=1)"),
        ("f(a,)", "f(a, k=1,)"),
        ("f(\n    a,\n    b\n)", "f(\n    a,\n    b,\n    k=1\n)"),
        ("f(\n    a\n)", "f(\n    a,\n    k=1\n)"),
        ("f(\n    a,\n)", "f(\n    a,\n    k=1,\n)"),
        ("f(\n    a,  # one\n)", "f(\n    a,  # one\n    k=1,\n)"),
        ("f(a,  # one\n  b)", "f(a,  # one\n  b, k=1)"),
        ("f(a,  # one\n  )", "f(a,  # one\n  k=1,\n  )"),
    ],
)
def test_a_keyword_is_added_as_the_arguments_before_it(before: str, after: str) -> None:
    assert code(edits.with_keyword(call(before), "k", cst.Integer("1"))) == after


def test_a_positional_argument_gets_its_name() -> None:
    target = call("f(a, b)")
    assert code(target.with_changes(args=[target.args[0], edits.named(target.args[1], "k")])) == "f(a, k=b)"


@pytest.mark.parametrize(("value", "literal"), [("a", '"a"'), ('ä "b"', '"ä \\"b\\""'), ("a\nb", '"a\\nb"')])
def test_a_literal_says_what_it_holds(value: str, literal: str) -> None:
    written = edits.string(value)
    assert written.value == literal
    assert written.evaluated_value == value


def test_comments_are_found_anywhere() -> None:
    assert edits.has_comment(cst.parse_expression("f(  # why\n)"))
    assert not edits.has_comment(cst.parse_expression("f('# no')"))
    assert not edits.has_comment(cst.MaybeSentinel.DEFAULT)


def test_a_comment_at_the_end_of_a_block_is_found() -> None:
    for text, expected in [
        ("if a:\n    b\n", False),
        ("if a:  # c\n    b\n", True),
        ("if a:\n    b\n    # c\n", True),
    ]:
        statement = cst.parse_module(text).body[0]
        assert isinstance(statement, cst.If)
        assert isinstance(statement.body, cst.IndentedBlock)
        assert edits.has_comment_at_end(statement.body) is expected


def test_names_are_those_that_stand_in_the_code() -> None:
    assert edits.names_in(cst.parse_module("def f(a): return b.c")) == {"f", "a", "b", "c"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x == y", "x is y"),
        ("x != y", "x is not y"),
        ("not x == y", "x is not y"),
        ("not x != y", "x is y"),
        ("x < y", None),
        ("x == y == z", None),
        ("-x", None),
        ("(x ==  # why\n y)", None),
    ],
)
def test_equality_becomes_identity(before: str, after: str | None) -> None:
    assert code(edits.by_identity(cst.parse_expression(before))) == after


@pytest.mark.parametrize(
    ("before", "after"), [("a", "a"), ("(a\n+ b)", "(a\n+ b)"), ('"a" "b"', '"a" "b"'), ("f(\n)", "(f(\n))")]
)
def test_several_lines_are_held_together(before: str, after: str) -> None:
    assert code(edits.held_together(cst.Module([]), cst.parse_expression(before))) == after


def test_continuation_lines_move_and_strings_stay() -> None:
    moved = edits.moved_left(
        cst.parse_expression('f(\n        a,\n\n        # c\n      """\n        s""",\n b)'), 4
    )
    assert code(moved) == 'f(\n    a,\n\n    # c\n  """\n        s""",\n b)'
    assert code(edits.moved_left(cst.parse_expression("f(\n  a)"), 0)) == "f(\n  a)"
