"""One pattern on one file, in as few words as possible."""

import ast

import msgspec

from autonomous.analysis.source import read_source
from autonomous.rulebook.engine import Engine, Plan
from autonomous.rulebook.matching import compile_rule
from autonomous.rulebook.schema import Match


def rule(*matches, **more):
    """A plan for `[[match]]` tables that are given as dicts, or as patterns."""
    tables = [{"pattern": each} if isinstance(each, str) else each for each in matches]
    return Plan(
        "AUT001", "sample", compile_rule(tuple(msgspec.convert(each, Match) for each in tables)), **more
    )


def hits(code, *matches, path="src/app.py"):
    """All hits of one rule, in order."""
    source = read_source(path, code.encode())
    return [hit for _, hit in Engine([rule(*matches)]).hits(source)]


def lines(code, *matches, path="src/app.py"):
    """Lines of the hits."""
    return [hit.at.lineno for hit in hits(code, *matches, path=path)]


def shown(hit):
    """What the holes of a hit hold, as source."""
    return {name: _shown(value) for name, value in hit.held.items()}


def _shown(value):
    match value:
        case ast.AST():
            return ast.unparse(value)
        case tuple():
            return [ast.unparse(each) for each in value]
        case _:
            return value
