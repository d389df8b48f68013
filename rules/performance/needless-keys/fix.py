"""Take a mapping instead of its keys."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def the_mapping(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`m.keys()` -> `m`."""
    if (
        not isinstance(target, cst.Call)
        or not isinstance(target.func, cst.Attribute)
        or edits.has_comment(target)
    ):
        return None
    owner = target.func.value
    return owner.with_changes(lpar=(*target.lpar, *owner.lpar), rpar=(*owner.rpar, *target.rpar))
