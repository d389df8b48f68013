"""Two ways to ask for a type."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def identity(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`type(x) == str` -> `type(x) is str`."""
    if not isinstance(target, cst.Comparison):
        return None
    part = target.comparisons[0]
    if edits.has_comment(part.operator):
        return None
    operator = cst.Is() if isinstance(part.operator, cst.Equal) else cst.IsNot()
    return target.with_changes(comparisons=[part.with_changes(operator=operator)])


def with_isinstance(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`type(x) == str` -> `isinstance(x, str)`."""
    if (
        not isinstance(target, cst.Comparison)
        or not isinstance(target.left, cst.Call)
        or edits.has_comment(target)
    ):
        return None
    part = target.comparisons[0]
    if not isinstance(part.comparator, cst.Name):
        return None
    value = cst.Arg(target.left.args[0].value, comma=cst.Comma(whitespace_after=cst.SimpleWhitespace(" ")))
    asked = cst.Call(cst.Name("isinstance"), [value, cst.Arg(part.comparator)])
    if isinstance(part.operator, cst.Equal):
        return asked.with_changes(lpar=target.lpar, rpar=target.rpar)
    return cst.UnaryOperation(cst.Not(), asked, lpar=target.lpar, rpar=target.rpar)
