"""Ask for NaN with the function that is for it."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def asked(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`x == math.nan` -> `math.isnan(x)`."""
    if not isinstance(target, cst.Comparison) or edits.has_comment(target):
        return None
    value = target.comparisons[0].comparator if hit.facts["side"] == "left" else target.left
    call = cst.Call(cst.Attribute(cst.Name("math"), cst.Name("isnan")), [cst.Arg(value)])
    if hit.facts["OP"] == "==":
        return call
    return cst.UnaryOperation(cst.Not(), call, lpar=target.lpar, rpar=target.rpar)
