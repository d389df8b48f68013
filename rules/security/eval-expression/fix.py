"""Read literals instead of evaluating code."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook.hit import Hit


def literals_only(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`eval(x)` -> `ast.literal_eval(x)`; None where namespaces are passed."""
    if not isinstance(target, cst.Call) or len(target.args) != 1:
        return None
    return target.with_changes(func=cst.Attribute(cst.Name("ast"), cst.Name("literal_eval")))
