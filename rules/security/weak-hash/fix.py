"""Two ways to settle what a weak hash is for."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def not_for_security(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """Add `usedforsecurity=False`."""
    return (
        edits.with_keyword(target, "usedforsecurity", cst.Name("False"))
        if isinstance(target, cst.Call)
        else None
    )


def sha256(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`hashlib.md5(...)` -> `hashlib.sha256(...)`."""
    if (
        isinstance(target, cst.Call)
        and isinstance(target.func, cst.Attribute)
        and target.func.attr.value != "new"
    ):
        return target.with_deep_changes(target.func, attr=cst.Name("sha256"))
    return None
