"""`where` and `unless`: conditions on what one hole holds, compiled once."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from autonomous.analysis.arithmetic import Undecided, compare
from autonomous.analysis.constants import Known
from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Held
from autonomous.rulebook.pattern import compile_pattern
from autonomous.rulebook.pattern_text import InvalidPattern
from autonomous.rulebook.schema import Scalar, Where
from autonomous.rulebook.solving import Fuel, State

Test: TypeAlias = Callable[[Held, State], bool]

_COMPARISON: Final = re.compile(r"(<=|>=|==|!=|<|>)\s*(.+)", re.DOTALL)
_OPERATORS: Final[dict[str, ast.cmpop]] = {
    "<": ast.Lt(),
    "<=": ast.LtE(),
    ">": ast.Gt(),
    ">=": ast.GtE(),
    "==": ast.Eq(),
    "!=": ast.NotEq(),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """Tests on one hole: as `where` all must pass, as `unless` none may."""

    hole: str
    tests: tuple[Test, ...]
    wanted: bool

    def holds(self, state: State) -> bool:
        """Tell whether the condition holds; a hole that nothing was bound to passes no test."""
        held = state.held.get(self.hole)
        return all((held is not None and test(held, state)) is self.wanted for test in self.tests)


@dataclass(frozen=True, slots=True)
class Conditions:
    """Every `where` and `unless` of a match or of a fix."""

    all: tuple[Condition, ...]

    def hold(self, source: Source, held: Mapping[str, Held]) -> bool:
        """Tell whether all hold for what the holes of a hit hold."""
        state = State(source, Fuel(), held)
        return all(condition.holds(state) for condition in self.all)

    @property
    def holes(self) -> frozenset[str]:
        """Names of the holes that are asked about."""
        return frozenset(condition.hole for condition in self.all)


def compile_conditions(where: Mapping[str, Where], unless: Mapping[str, Where]) -> Conditions:
    """Compile the conditions of a match or a fix. Raises InvalidPattern with the name of the hole."""
    found = [_condition(hole, each, wanted=True) for hole, each in where.items()]
    found += [_condition(hole, each, wanted=False) for hole, each in unless.items()]
    return Conditions(tuple(found))


def _condition(hole: str, where: Where, *, wanted: bool) -> Condition:
    tests = tuple(_tests(hole, where))
    if not tests:
        raise InvalidPattern(f"${hole}", "a condition that asks nothing")
    return Condition(hole, tests, wanted)


def _tests(hole: str, where: Where) -> Iterator[Test]:
    if where.one_of:
        yield _one_of(where.one_of)
    if where.constant is not None:
        yield _constant(wanted=where.constant)
    if where.value:
        yield _value(hole, where.value)
    if where.regex:
        yield _regex(hole, where.regex)
    if where.type:
        yield _type(several(where.type))
    if where.pattern:
        yield _pattern(several(where.pattern))
    if where.contains:
        yield _contains(several(where.contains))


def several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """One string or several, as rule.toml allows, as a tuple; an empty string is none."""
    return (value,) if isinstance(value, str) and value else tuple(value)


def _nodes(held: Held) -> tuple[ast.AST | str, ...]:
    return held if isinstance(held, tuple) else (held,)


def _one_of(wanted: tuple[Scalar, ...]) -> Test:
    typed = {(type(each), each) for each in wanted}

    def test(held: Held, state: State) -> bool:
        return any((type(each), each) in typed for node in _nodes(held) for each in _said(node, state.source))

    return test


def _said(node: ast.AST | str, source: Source) -> Iterator[Scalar]:
    """What a node says: its constant, its name as written, and the names it resolves to."""
    if isinstance(node, str):
        yield node
        return
    known = source.fold(node)
    if known is not None and isinstance(known.value, str | int | float):
        yield known.value
    if isinstance(node, ast.Name | ast.Attribute):
        yield source.segment(node)
        for dotted in source.names.resolve(node):
            yield dotted
            yield dotted.removeprefix("builtins.")


def _constant(*, wanted: bool) -> Test:
    def test(held: Held, state: State) -> bool:
        return all(_known(node, state) is not None for node in _nodes(held)) is wanted

    return test


def _known(node: ast.AST | str, state: State) -> Known | None:
    return state.source.fold(node) if isinstance(node, ast.AST) else None


def _value(hole: str, text: str) -> Test:
    found = _COMPARISON.fullmatch(text.strip())
    try:
        limit = ast.literal_eval(found[2]) if found else None
    except (ValueError, SyntaxError) as error:
        raise InvalidPattern(f"${hole}", f"value {text!r} compares with no literal") from error
    if found is None:
        raise InvalidPattern(f"${hole}", f"value {text!r} is no comparison such as '< 2048'")
    operator = _OPERATORS[found[1]]

    def test(held: Held, state: State) -> bool:
        return any(_compares(_known(node, state), operator, limit) for node in _nodes(held))

    return test


def _compares(known: Known | None, operator: ast.cmpop, limit: object) -> bool:
    try:
        return known is not None and compare(operator, known.value, limit)
    except Undecided:
        return False


def _regex(hole: str, text: str) -> Test:
    try:
        expression = re.compile(text)
    except re.error as error:
        raise InvalidPattern(f"${hole}", f"regex {text!r}: {error}") from error

    def test(held: Held, state: State) -> bool:
        return any(expression.search(_text(node, state)) is not None for node in _nodes(held))

    return test


def _text(node: ast.AST | str, state: State) -> str:
    if isinstance(node, str):
        return node
    known = state.source.fold(node)
    return known.value if known and isinstance(known.value, str) else state.source.segment(node)


def _type(names: tuple[str, ...]) -> Test:
    def test(held: Held, state: State) -> bool:
        return any(
            isinstance(node, ast.AST) and state.source.types.is_a(node, name)
            for node in _nodes(held)
            for name in names
        )

    return test


def _pattern(texts: tuple[str, ...]) -> Test:
    patterns = tuple(map(compile_pattern, texts))

    def test(held: Held, state: State) -> bool:
        nodes = [node for node in _nodes(held) if isinstance(node, ast.AST)]
        return any(True for each in patterns for node in nodes for _ in each.solve(node, state))

    return test


def _contains(texts: tuple[str, ...]) -> Test:
    patterns = tuple(map(compile_pattern, texts))

    def test(held: Held, state: State) -> bool:
        nodes = [node for node in _nodes(held) if isinstance(node, ast.AST)]
        return any(True for each in patterns for _ in each.solve_within(nodes, state))

    return test
