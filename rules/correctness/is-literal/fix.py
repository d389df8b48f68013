"""Compare by value instead of identity."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def by_value(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`x is 5` -> `x == 5`, `x is not 5` -> `x != 5`."""
    if not isinstance(target, cst.Comparison):
        return None
    part = target.comparisons[int(hit.facts["position"])]
    old = part.operator
    if not isinstance(old, (cst.Is, cst.IsNot)) or edits.has_comment(old):
        return None
    kind = cst.Equal if isinstance(old, cst.Is) else cst.NotEqual
    return target.deep_replace(part, part.with_changes(operator=kind()))
