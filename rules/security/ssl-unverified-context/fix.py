"""Use the context that checks certificates."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook.hit import Hit


def checked(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`ssl._create_unverified_context()` -> `ssl.create_default_context()`."""
    if isinstance(target, cst.Call) and isinstance(target.func, cst.Attribute) and not target.args:
        return target.with_deep_changes(target.func, attr=cst.Name("create_default_context"))
    return None
