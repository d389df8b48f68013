"""Compare with None by identity."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def identity(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`x == None` -> `x is None`, also the other way round."""
    if not isinstance(target, cst.Comparison) or len(target.comparisons) != 1:
        return None
    part = target.comparisons[0]
    if edits.has_comment(part.operator):
        return None
    operator = cst.Is() if isinstance(part.operator, cst.Equal) else cst.IsNot()
    left, right = target.left, part.comparator
    if isinstance(left, cst.Name) and left.value == "None":
        left, right = right, left
    return target.with_changes(left=left, comparisons=[cst.ComparisonTarget(operator, right)])
