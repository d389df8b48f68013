"""Give the request a timeout."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def add_timeout(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """Add `timeout=30`, in seconds."""
    return edits.with_keyword(target, "timeout", cst.Integer("30")) if isinstance(target, cst.Call) else None
