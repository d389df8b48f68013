"""Ask a value for its truth."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def itself(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`x == True` -> `x`, `x == False` -> `not x`."""
    if not isinstance(target, cst.Comparison) or edits.has_comment(target):
        return None
    value = target.left if hit.facts["side"] == "0" else target.comparisons[0].comparator
    return value if hit.facts["wanted"] else cst.UnaryOperation(cst.Not(), value)
