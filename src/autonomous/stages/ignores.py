"""Faults of the ignore comments themselves: those that silence nothing, and those without a reason."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from autonomous.analysis.source import Source
from autonomous.model.digest import digest_of
from autonomous.model.finding import Finding, Span
from autonomous.model.kinds import Category, Severity


class IgnoreRule(msgspec.Struct, frozen=True):
    """What can be wrong with an ignore; only the scanner can tell, once every rule has run."""

    id: str
    name: str
    title: str
    message: str
    severity: Severity
    category: Category = Category.STYLE

    @property
    def names(self) -> frozenset[str]:
        """What settings may call it: id, name or category."""
        return frozenset({self.id, self.name, self.category})


UNUSED: Final = IgnoreRule(
    "AUT001",
    "unused-ignore",
    "Ignore that silences nothing",
    "no rule finds anything here that this comment names; take it out, or name the rule that it is for",
    Severity.LOW,
)
BARE: Final = IgnoreRule(
    "AUT002",
    "ignore-without-reason",
    "Ignore without a reason",
    "this comment does not say why: write `because ...` behind the bracket",
    Severity.INFO,
)
IGNORE_RULES: Final = (UNUSED, BARE)


def ignore_findings(source: Source, rule: IgnoreRule, lines: Iterable[int]) -> Iterator[Finding]:
    """Yield a finding for each of the lines; two ignores on one line are one finding."""
    comments = {comment.line: comment for comment in source.comments}
    seen: Counter[tuple[str, str]] = Counter()
    for line in dict.fromkeys(lines):
        comment = comments[line]
        symbol = _symbol(source, line)
        key = (symbol, " ".join(comment.text.split()))
        parts = (rule.id, source.path, *key, str(seen[key]))
        seen[key] += 1
        yield Finding(
            rule=rule.id,
            name=rule.name,
            title=rule.title,
            category=rule.category,
            severity=rule.severity,
            confidence=1.0,
            path=source.path,
            span=Span(line, comment.column + 1, line, comment.column + 1 + len(comment.text)),
            message=rule.message,
            fingerprint=digest_of(*(part.encode("utf-8", "surrogatepass") for part in parts)),
            symbol=symbol,
            excerpt=(source.lines[line - 1],),
        )


def _symbol(source: Source, line: int) -> str:
    """Return the innermost definition around a line, empty at module level."""
    definitions = source.nodes(ast.FunctionDef, ast.AsyncFunctionDef)
    around = [
        node
        for node in (*definitions, *source.nodes(ast.ClassDef))
        if node.lineno <= line <= (node.end_lineno or 0)
    ]
    return source.symbol(max(around, key=lambda node: node.lineno)) if around else ""
