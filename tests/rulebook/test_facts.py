"""Questions of rule.py files: what a name holds, and whether it is made of literals alone."""

import ast

import pytest

from autonomous.analysis.source import Source, read_source
from autonomous.rulebook import facts


def asked(code: str) -> tuple[Source, ast.expr]:
    """The file, and the argument of the call of `use` in it."""
    source = read_source("a.py", code.encode())
    call = next(
        one for one in source.nodes(ast.Call) if isinstance(one.func, ast.Name) and one.func.id == "use"
    )
    return source, call.args[0]


@pytest.mark.parametrize(
    ("body", "literal"),
    [
        ("use('a')", True),
        ("x = 'a'; use(x)", True),
        ("x = 'a'\n if y: x += ' b'\n use(x)", True),
        ("x: str = 'a'; use('b ' + x)", True),
        ("use('a' if y else 'b')", True),
        ("x = y; use(x)", False),
        ("use(y)", False),
        ("use(f'a {y}')", False),
        ("use('a' + y)", False),
        ("use(unknown)", False),
        ("use('a %s' % PLACE)", True),
        ("use('a %s %s' % (PLACE, 1))", True),
        ("use(f'a {PLACE}')", True),
        ("use('a %s' % (PLACE, y))", False),
        ("for PLACE in y: use(PLACE)", False),
        ("x = 'a'\n for x in y: use(x)", False),
        ("x: str\n use(x)", False),
        ("x = 'a'; x += y; use(x)", False),
    ],
)
def test_what_is_made_of_literals(body: str, *, literal: bool) -> None:
    source, value = asked(f"def f(y):\n {body}\n")
    assert facts.is_literal(source, value) is literal


def test_values_are_those_of_the_function_around() -> None:
    source, value = asked("x = 1\ndef f():\n x = 2\n x += 3\n def g(): x = 4\n use(x)\n")
    assert isinstance(value, ast.Name)
    values = facts.values_of(source, value)
    assert values is not None
    assert [ast.unparse(one) for one in values] == ["2", "3", "4"]


def test_a_constant_of_the_module_is_one_outside_of_functions_too() -> None:
    assert facts.is_literal(*asked("use(PLACE)\n"))
    assert not facts.is_literal(*asked("def f(PLACE):\n use(PLACE)\n"))


def test_outside_of_a_function_nothing_is_known() -> None:
    source, value = asked("x = 1\nuse(x)\n")
    assert isinstance(value, ast.Name)
    assert facts.values_of(source, value) is None
    assert facts.function_around(source, value) is None
