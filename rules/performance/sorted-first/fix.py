"""Take the smallest or largest without sorting."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def extreme(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`sorted(xs)[0]` -> `min(xs)`."""
    if not isinstance(target, cst.Subscript) or not isinstance(target.value, cst.Call):
        return None
    call = edits.without_keyword(target.value, "reverse")
    if call is None:
        return None
    return call.with_changes(func=cst.Name(hit.facts["BETTER"]), lpar=target.lpar, rpar=target.rpar)
