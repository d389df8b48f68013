"""Who a finding is: a digest that survives edits elsewhere in the file, since it holds no line number."""

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from autonomous.analysis.source import Source
from autonomous.model.digest import Digest, digest_of
from autonomous.rulebook.engine import Plan
from autonomous.rulebook.hit import Hit

_UNCARED: Final = frozenset({"ctx", "kind", "type_comment", "type_ignores"})
_BLOCKS: Final = frozenset({"body", "orelse", "finalbody", "handlers", "cases"})
_COMPOUND: Final = (ast.stmt, ast.ExceptHandler, ast.match_case)


def fingerprints(source: Source, found: Iterable[tuple[Plan, Hit]]) -> Iterator[tuple[Plan, Hit, Digest]]:
    """Add to each hit, in the order of their places, the digest that identifies its finding.

    It is made of the rule's id, the path, the enclosing symbol, the code and its ordinal among equals.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    for plan, hit in found:
        code = normalised(hit.node) if hit.at is hit.node else normalised(hit.node) + normalised(hit.at)
        key = (plan.id, source.symbol(hit.node), code)
        parts = (plan.id, source.path, key[1], code, str(seen[key]))
        seen[key] += 1
        yield plan, hit, digest_of(*(part.encode("utf-8", "surrogatepass") for part in parts))


def normalised(node: ast.AST) -> str:
    """Code as text without places, comments, formatting and quotes.

    Of a compound statement its head only: an edit in a function's body makes no new finding of its signature.
    Fields that are empty are left out, so that a newer Python with more fields gives the same text.
    """
    left_out = _UNCARED | _BLOCKS if isinstance(node, _COMPOUND) else _UNCARED
    pieces: list[str] = []
    waiting: list[object] = [node]
    while waiting:
        item = waiting.pop()
        if isinstance(item, ast.AST):
            pieces.append(type(item).__name__)
            waiting += reversed(list(_fields(item, left_out if item is node else _UNCARED)))
        elif isinstance(item, list):
            waiting += [")", *reversed(item), "("]
        else:
            pieces.append(str(item))
    return " ".join(pieces)


def _fields(node: ast.AST, left_out: frozenset[str]) -> Iterator[object]:
    yield "("
    for name in node._fields:
        value = getattr(node, name, None)
        if name not in left_out and value is not None and value != []:
            yield name
            yield value if isinstance(value, ast.AST | list) else repr(value)
    yield ")"
