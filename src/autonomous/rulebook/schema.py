"""The types of rule.toml: what a rule's author may write, checked when it is loaded."""

import msgspec

from autonomous.model.kinds import Safety, Severity

Scalar = str | int | float | bool


class Where(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Conditions on what one hole holds: in `where` all that are given must be true, in `unless` none may be."""

    one_of: tuple[Scalar, ...] = ()  # the name or literal is one of these
    regex: str = ""  # searched in a string literal's value, or else in the source text
    constant: bool | None = None  # folds to a constant, or does not
    type: str | tuple[str, ...] = ()  # inferred resolved type name, any of these
    value: str = ""  # comparison on the folded constant: "< 2048", ">= 10", "== 'x'"
    pattern: str | tuple[str, ...] = ()  # any of these patterns matches the held code
    contains: str | tuple[str, ...] = ()  # any of these patterns matches somewhere inside the held code


class Match(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way in which the fault looks; a rule with several is found when any of them matches."""

    pattern: str
    where: dict[str, Where] = {}
    unless: dict[str, Where] = {}
    inside: str | tuple[str, ...] = ()  # any of these encloses the match
    not_inside: str | tuple[str, ...] = ()
    has: str | tuple[str, ...] = ()  # any of these is contained in the match
    has_not: str | tuple[str, ...] = ()
    span: str = ""  # report the place of this hole instead of the whole match


class Fix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to fix it: a template in `replace`, or a function in fix.py named by `call`."""

    safety: Safety
    title: str = ""
    replace: str | None = None  # "" removes the statement
    call: str = ""  # a function of fix.py
    imports: tuple[str, ...] = ()  # "shlex", "pathlib.Path", "numpy as np"
    where: dict[str, Where] = {}
    unless: dict[str, Where] = {}
    benefits: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()


class RuleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole rule.toml."""

    id: str
    title: str
    message: str  # `$X` stands for the source of what the hole holds
    severity: Severity
    confidence: float
    match: tuple[Match, ...] = ()  # empty only where rule.py finds the hits
    fix: Fix | tuple[Fix, ...] = ()  # in order of preference
    cwe: tuple[int, ...] = ()
    owasp: str = ""
    references: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()  # "ruff S602", "bandit B602": other tools' names of the same fault
    paths: tuple[str, ...] = ()  # globs of files it is for; empty: all
    not_paths: tuple[str, ...] = ()  # globs of files it is not for, "tests/**"
