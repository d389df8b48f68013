"""Unpack with the filter for plain data."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def data_only(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """Add `filter="data"`."""
    return (
        edits.with_keyword(target, "filter", edits.string("data")) if isinstance(target, cst.Call) else None
    )
