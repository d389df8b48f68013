"""Drop a repeated member of a set."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def once(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`{1, 2, 1}` -> `{1, 2}`: a set keeps the member that came first."""
    if not isinstance(target, cst.Set):
        return None
    position = int(hit.facts["position"])
    elements = list(target.elements)
    gone = elements[position]
    if edits.has_comment(gone):
        return None
    if position == len(elements) - 1:
        elements[position - 1] = elements[position - 1].with_changes(comma=gone.comma)
        if edits.has_comment(target.elements[position - 1].comma):
            return None
    del elements[position]
    return target.with_changes(elements=elements)
