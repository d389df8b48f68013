"""Leave out the base class that every class has."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def without_base(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`class A(object):` -> `class A:`."""
    if not isinstance(target, cst.ClassDef) or any(edits.has_comment(base) for base in target.bases):
        return None
    if edits.has_comment(target.lpar) or edits.has_comment(target.rpar):
        return None
    return target.with_changes(
        bases=[],
        lpar=cst.MaybeSentinel.DEFAULT,
        rpar=cst.MaybeSentinel.DEFAULT,
        whitespace_after_name=cst.SimpleWhitespace(""),
    )
