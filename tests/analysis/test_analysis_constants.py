"""What is constant folds; what would be large, wrong or unknown does not, and at once."""

import ast
import time

import pytest

from autonomous.analysis.source import read_source


def folded(code):
    source = read_source("m.py", code.encode())
    return source.fold(source.tree.body[-1].value)


@pytest.mark.parametrize(
    "code",
    [
        "1", "'a' 'b'", "b'x'", "None", "...", "-1", "not 1", "~5", "+2", "1 + 2 * 3", "7 // 2", "7 / 2", "7 % 4",
        "2 ** 10", "1 << 4", "256 >> 2", "6 & 3", "6 | 3", "6 ^ 3", "2 ** -1", "'a' + 'b'", "'a' * 3", "3 * 'a'",
        "'%s-%d' % ('a', 1)", "'%s' % 1", "(1, 'a')", "[1, 2]", "{1, 2}", "{'a': 1}", "1 < 2 < 3", "1 < 2 > 5",
        "1 in (1, 2)", "3 not in [1]", "None is None", "None is not None", "1 == 1.0", "1 != 2", "1 >= 1", "1 <= 0",
        "0 or 'x'", "1 and 2", "0 and 1", "'a' or f()", "1 if 2 > 1 else 3", "f'{1}-{\"a\"!r}-{2!s}-{3!a}'",
        "(1, 2)[1]", "'abc'[-1]", "{'a': 1}['a']", "1.5", "2j", "f'{1.0}'", "True",
    ],
)  # fmt: skip
def test_folds_to_what_python_makes_of_it(code):
    wanted = eval(code)
    found = folded(code)
    assert (type(found.value), found.value) == (type(wanted), wanted)


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("A = 1\nB = A + 1\nB", 2),
        ("A: int = 1\nA", 1),
        ("def f():\n  x = 'a'\n  return x\n(lambda: 'b')\n'c'", "c"),
        ("A, B = 'a', 'b'\nA + B", "ab"),
        ("(A := 3)\nA", 3),
    ],
)
def test_follows_names_that_are_assigned_once(code, value):
    assert folded(code).value == value


@pytest.mark.parametrize(
    "code",
    [
        "x", "f()", "x + 1", "1 / 0", "1 % 0", "'a' + 1", "-'a'", "1 < 'a'", "2.0 ** 10000", "'%d' % 'a'", "[1][5]",
        "{1: 2}[3]", "{[]: 1}", "{[]}", "{**{}}", "1 is 1", "f'{x}'", "f'{1:5}'", "1 << -1", "x or 1", "1 and x",
        "1 if x else 2", "1 in 5", "A = 1\nA = 2\nA", "A = 1\nA += 1\nA", "A = [1]\nA", "A = {}\nA", "A = A + 1\nA",
        "A = B\nB = A\nA", "A: int\nA", "for A in 'a': pass\nA", "A = 1\ndef f():\n  global A\n  A = 2\nA",
        "b'%s' % 1", "(yield)", "(1).real", "'%(a)s' % 1", "1 @ 2",
    ],
)  # fmt: skip
def test_does_not_fold(code):
    assert folded(code) is None


@pytest.mark.parametrize(
    "code",
    [
        "9 ** 9 ** 9", "'a' * 10 ** 9", "10 ** 9 * 'a'", "(1,) * 10 ** 9", "[1] * 10 ** 9", "1 << 10 ** 9", "b'a' * 10 ** 10",
        "'%1000000000d' % 1", "'%*d' % (10 ** 9, 1)", "'%.999999999f' % 1", "('%s' * 3000) % ('a' * 9000)",
        "2 ** 8000 * 2 ** 8000", "'a' * 9000 + 'a' * 9000", "f'{\"a\" * 9000}{\"b\" * 9000}'", "('%s' * 9) % ({'a' * 5000: 1.5},)",
        "\n".join(["A0 = 'aaaaaaaa'", *(f"A{n + 1} = A{n} + A{n}" for n in range(40)), "A40"]),
        "\n".join(["A0 = (1,)", *(f"A{n + 1} = (A{n}, A{n})" for n in range(40)), "A40 == A40"]),
        "\n".join([*(f"A{n} = A{n + 1}" for n in range(400)), "A400 = 1", "A0"]),
        "(" * 150 + "1" + ",)" * 150,
        " + ".join(["1"] * 700),
    ],
)  # fmt: skip
def test_bombs_are_not_lit(code):
    started = time.process_time()
    assert folded(code) is None
    assert time.process_time() - started < 1


def test_a_node_is_folded_once_and_parts_of_a_program_are_told_apart():
    source = read_source("m.py", b"def f(a):\n  x = 1\n  return x\ndef g(x):\n  return x\n")
    found = [
        source.fold(node.value) for node in sorted(source.nodes(ast.Return), key=lambda node: node.lineno)
    ]
    assert [each and each.value for each in found] == [1, None]
