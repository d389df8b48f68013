"""Comments that silence a rule: our own `ignore`, and those that ruff and bandit understand."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from autonomous.analysis.source import Source

_MARKER: Final = b"autonomous:"
_FOREIGN_MARKERS: Final = re.compile(rb"noqa|nosec", re.IGNORECASE)
_OWN: Final = re.compile(r"#\s*autonomous:\s*ignore\b(?:\[(?P<names>[^\]]*)\])?(?P<reason>[^#]*)")
_NOQA: Final = re.compile(r"#\s*noqa\b(?:\s*:\s*(?P<codes>[A-Z]+\d+(?:[,\s]+[A-Z]+\d+)*))?", re.IGNORECASE)
_NOSEC: Final = re.compile(r"#\s*nosec\b(?P<rest>[^#]*)", re.IGNORECASE)
_BANDIT_CODE: Final = re.compile(r"\bB\d{3}\b")
_RUFF_CODE: Final = re.compile(r"[A-Z]+\d+")
_BECAUSE: Final = re.compile(r"^[\s:,-]*(?:because\b)?[\s:,-]*")
_SILENT: Final = re.compile(r"\s*(?:#|$)")


@dataclass(frozen=True, slots=True)
class Ignore:
    """One comment. `covers` is the line of code that it is about, which is below it when it stands alone."""

    line: int
    covers: int
    names: tuple[
        str, ...
    ]  # our ids and rule names, or "ruff S602"; the tool's name alone stands for all of it
    reason: str
    own: bool


@dataclass(frozen=True, slots=True)
class RuleNames:
    """What a rule may be called in a comment: id, name, and `same_as` such as "ruff S602"."""

    own: frozenset[str]
    same_as: tuple[str, ...] = ()

    def is_named(self, ignore: Ignore) -> bool:
        """Tell whether the comment is about this rule."""
        if ignore.own:
            return not self.own.isdisjoint(ignore.names)
        return any(each in ignore.names or each.partition(" ")[0] in ignore.names for each in self.same_as)


@dataclass(slots=True)
class Suppressions:
    """The ignores of one file, and which of them have silenced something."""

    source: Source
    ignores: tuple[Ignore, ...]
    _used: set[Ignore] = field(default_factory=set)

    def silences(self, node: ast.AST, names: RuleNames) -> bool:
        """Tell whether a hit of this rule at `node` is silenced, and remember by which comments."""
        if not self.ignores:
            return False
        lines = _lines_of(self.source, node)
        found = [each for each in self.ignores if each.covers in lines and names.is_named(each)]
        self._used.update(found)
        return bool(found)

    def unused(self, *, judged: Iterable[str], known: Iterable[str]) -> tuple[int, ...]:
        """Lines of our own ignores that silenced nothing.

        `judged` are ids and names of the rules that ran, `known` of all there are: an ignore for a known rule
        that did not run is not held against anybody.
        """
        absent = set(known).difference(judged)
        return tuple(
            each.line
            for each in self.ignores
            if each.own and each not in self._used and absent.isdisjoint(each.names)
        )

    @property
    def bare(self) -> tuple[int, ...]:
        """Lines of our own ignores that give no reason."""
        return tuple(each.line for each in self.ignores if each.own and not each.reason)


def read_suppressions(source: Source, *, foreign: bool) -> Suppressions:
    """Read the comments of a file. `foreign`: those of ruff and bandit matter too.

    Comments are looked for only in files with one of the markers in their bytes.
    """
    wanted = _MARKER in source.data or (foreign and _FOREIGN_MARKERS.search(source.data) is not None)
    return Suppressions(source, tuple(_ignores(source)) if wanted else ())


def _ignores(source: Source) -> Iterator[Ignore]:
    lines = source.lines
    for comment in source.comments:
        if lines[comment.line - 1][: comment.column].strip():
            yield from _read(comment.text, line=comment.line, covers=comment.line)
        else:
            below = (n for n in range(comment.line, len(lines)) if not _SILENT.match(lines[n]))
            covers = next(below, comment.line - 1) + 1
            yield from (each for each in _read(comment.text, line=comment.line, covers=covers) if each.own)


def _read(comment: str, *, line: int, covers: int) -> Iterator[Ignore]:
    for own in _OWN.finditer(comment):
        names = tuple(name.strip() for name in (own["names"] or "").split(",") if name.strip())
        yield Ignore(line, covers, names, _BECAUSE.sub("", own["reason"]).strip(), own=True)
    for noqa in _NOQA.finditer(comment):
        yield Ignore(line, covers, _foreign("ruff", _RUFF_CODE, (noqa["codes"] or "").upper()), "", own=False)
    for nosec in _NOSEC.finditer(comment):
        yield Ignore(line, covers, _foreign("bandit", _BANDIT_CODE, nosec["rest"].upper()), "", own=False)


def _foreign(tool: str, code: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(f"{tool} {each}" for each in code.findall(text)) or (tool,)


def _lines_of(source: Source, node: ast.AST) -> range:
    """Lines of the statement around `node`, without its blocks, with its decorators."""
    around = (node, *source.ancestors(node))
    owner = next((each for each in around if isinstance(each, ast.stmt | ast.ExceptHandler)), None)
    if owner is None:
        span = source.span(node)
        return range(span.line, span.end_line + 1)
    first = min([owner.lineno, *(each.lineno for each in getattr(owner, "decorator_list", ()))])
    inner = [each.lineno for field in ("body", "cases") for each in _placed(getattr(owner, field, ()))]
    last = max(owner.lineno, min(inner) - 1) if inner else owner.end_lineno or owner.lineno
    return range(first, last + 1)


def _placed(nodes: Iterable[ast.AST]) -> Iterator[ast.stmt | ast.pattern]:
    for node in nodes:
        if isinstance(node, ast.match_case):
            yield node.pattern
        elif isinstance(node, ast.stmt):
            first = min([node, *getattr(node, "decorator_list", ())], key=lambda each: each.lineno)
            yield first
