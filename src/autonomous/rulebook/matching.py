"""One rule's `[[match]]` tables, compiled: patterns with their conditions and surroundings."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from autonomous.rulebook.conditions import Condition, compile_conditions, several
from autonomous.rulebook.hit import Hit
from autonomous.rulebook.pattern import CompiledPattern, compile_pattern
from autonomous.rulebook.pattern_text import InvalidPattern
from autonomous.rulebook.schema import Match
from autonomous.rulebook.solving import State

_BLOCKS: Final = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.If, ast.For, ast.AsyncFor, ast.While,
    ast.With, ast.AsyncWith, ast.Try, ast.ExceptHandler, ast.match_case,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alternative:
    """One `[[match]]`."""

    pattern: CompiledPattern
    keys: frozenset[str]  # last parts of the name that a match begins with; none when any may
    early: tuple[Condition, ...]  # on holes of the pattern itself
    late: tuple[Condition, ...]  # on holes that `inside` or `has` bind
    inside: tuple[CompiledPattern, ...]
    not_inside: tuple[CompiledPattern, ...]
    has: tuple[CompiledPattern, ...]
    has_not: tuple[CompiledPattern, ...]
    span: str

    @property
    def holes(self) -> frozenset[str]:
        """Names of the holes that a hit holds."""
        common = [
            frozenset.intersection(*(p.holes for p in each)) for each in (self.inside, self.has) if each
        ]
        return self.pattern.holes.union(*common)

    @property
    def words(self) -> frozenset[str]:
        """Words that occur in every file with a match."""
        needed = [self.pattern.words]
        needed += [each[0].words for each in (self.inside, self.has) if len(each) == 1]
        return frozenset().union(*needed)

    def hits(self, node: ast.AST, state: State) -> Iterator[Hit]:
        """Yield the hit that `node` is; with `span` one for each place that the hole can stand for."""
        seen: set[int] = set()
        for found in self._solve(node, state):
            at = found.sites.get(self.span, node) if self.span else node
            if id(at) not in seen:
                yield Hit(node, at, held=dict(found.held), rest=found.rest)
            if not self.span:
                return
            seen.add(id(at))

    def _solve(self, node: ast.AST, state: State) -> Iterator[State]:
        for base in self.pattern.solve(node, state):
            if not all(condition.holds(base) for condition in self.early):
                continue
            for around in _around(self.inside, node, base) if self.inside else (base,):
                for found in _below(self.has, node, around) if self.has else (around,):
                    if self._is_allowed(node, found):
                        yield found

    def _is_allowed(self, node: ast.AST, state: State) -> bool:
        return (
            all(condition.holds(state) for condition in self.late)
            and next(_around(self.not_inside, node, state), None) is None
            and next(_below(self.has_not, node, state), None) is None
        )


def _around(patterns: tuple[CompiledPattern, ...], node: ast.AST, state: State) -> Iterator[State]:
    """Yield each way in which one of the patterns encloses `node`; a block encloses what is in its body."""
    if not patterns:
        return
    child = node
    for parent in state.source.ancestors(node):
        for pattern in patterns:
            if type(parent) in pattern.anchor.kinds and _encloses(parent, child):
                yield from pattern.solve(parent, state)
        child = parent


def _encloses(parent: ast.AST, child: ast.AST) -> bool:
    if not isinstance(parent, _BLOCKS):
        return True
    return any(each is child for each in parent.body)


def _below(patterns: tuple[CompiledPattern, ...], node: ast.AST, state: State) -> Iterator[State]:
    """Yield each way in which one of the patterns matches below `node`, or in a statement matched after it."""
    for pattern in patterns:
        yield from pattern.solve_within((*ast.iter_child_nodes(node), *state.rest), state)


@dataclass(frozen=True, slots=True)
class Matcher:
    """All `[[match]]` tables of one rule."""

    alternatives: tuple[Alternative, ...]

    @property
    def holes(self) -> frozenset[str]:
        """Names that a hit of every alternative holds, for the message and the fixes."""
        bound = [each.holes for each in self.alternatives]
        return frozenset.intersection(*bound) if bound else frozenset()


def compile_rule(matches: tuple[Match, ...]) -> Matcher:
    """Compile the match tables of a rule. Raises InvalidPattern, which names the pattern and what is wrong."""
    return Matcher(tuple(map(_alternative, matches)))


def _alternative(match: Match) -> Alternative:
    pattern = compile_pattern(match.pattern, keep_rest=True)
    inside, has = _compiled(match.inside), _compiled(match.has)
    holes = pattern.holes.union(*(each.holes for each in (*inside, *has)))
    conditions = compile_conditions(match.where, match.unless)
    for hole in (*conditions.holes, *filter(None, [match.span])):
        if hole not in holes:
            raise InvalidPattern(match.pattern, f"has no hole ${hole}")
    return Alternative(
        pattern,
        keys=_keys(pattern, match),
        early=tuple(each for each in conditions.all if each.hole in pattern.holes),
        late=tuple(each for each in conditions.all if each.hole not in pattern.holes),
        inside=inside,
        not_inside=_compiled(match.not_inside),
        has=has,
        has_not=_compiled(match.has_not),
        span=match.span,
    )


def _compiled(texts: str | tuple[str, ...]) -> tuple[CompiledPattern, ...]:
    return tuple(map(compile_pattern, several(texts)))


def _keys(pattern: CompiledPattern, match: Match) -> frozenset[str]:
    if pattern.anchor.key:
        return frozenset({pattern.anchor.key})
    where = match.where.get(pattern.anchor.hole)
    names = where.one_of if where else ()
    return frozenset(str(name).rpartition(".")[2] for name in names)
