"""Two ways to ask for a type."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def identity(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`type(x) == str` -> `type(x) is str`."""
    return edits.by_identity(target)


def with_isinstance(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`type(x) == str` -> `isinstance(x, str)`."""
    compared = target.expression if isinstance(target, cst.UnaryOperation) else target
    if (
        not isinstance(compared, cst.Comparison)
        or not isinstance(compared.left, cst.Call)
        or edits.has_comment(target)
    ):
        return None
    part = compared.comparisons[0]
    if not isinstance(part.comparator, cst.Name):
        return None
    value = cst.Arg(compared.left.args[0].value, comma=cst.Comma(whitespace_after=cst.SimpleWhitespace(" ")))
    asked = cst.Call(cst.Name("isinstance"), [value, cst.Arg(part.comparator)])
    if isinstance(part.operator, cst.Equal) == (compared is target):
        return asked
    return cst.UnaryOperation(cst.Not(), asked)
