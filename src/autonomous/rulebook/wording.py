"""Words for one match: messages and titles with the source of what the holes hold."""

import ast
import re

from autonomous.analysis.source import Source
from autonomous.model.finding import Span
from autonomous.rulebook.hit import Held, Hit

LONGEST = 60
EXCERPT_LINES = 3
_HOLE = re.compile(r"\$(?:\.\.\.)?(?P<name>[A-Z][A-Z0-9_]*)")
_BLANKS = re.compile(r"\s+")


def worded(text: str, source: Source, hit: Hit) -> str:
    """Put the rule's facts and the source of what holes hold into a text, each on one line and shortened."""

    def one(found: re.Match[str]) -> str:
        name = found["name"]
        if name in hit.facts:
            return _short(hit.facts[name])
        return _short(_source_of(source, hit.held[name])) if name in hit.held else found.group()

    return _HOLE.sub(one, text)


def excerpt(source: Source, span: Span) -> tuple[str, ...]:
    """The lines of a place, three at most, without their ends."""
    last = min(span.end_line, span.line + EXCERPT_LINES - 1)
    return source.lines[span.line - 1 : last]


def _source_of(source: Source, held: Held) -> str:
    if isinstance(held, str):
        return held
    if isinstance(held, tuple):
        return ", ".join(_source_of(source, node) for node in held)
    return _segment(source, held)


def _segment(source: Source, node: ast.AST) -> str:
    """The source of a node. Python before 3.12 misplaces what stands inside f-strings: there it is written anew."""
    if any(isinstance(above, ast.JoinedStr) for above in source.ancestors(node)):
        return ast.unparse(node)
    return source.segment(node)


def _short(text: str) -> str:
    line = _BLANKS.sub(" ", text).strip()
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 3]}..."
