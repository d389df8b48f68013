"""Say in which encoding a text file is."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def utf8(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """Add `encoding="utf-8"`."""
    return (
        edits.with_keyword(target, "encoding", edits.string("utf-8"))
        if isinstance(target, cst.Call)
        else None
    )
