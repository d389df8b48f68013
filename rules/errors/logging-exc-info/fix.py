"""Log an exception with the method that is for it."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def exception(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`log.error(..., exc_info=True)` -> `log.exception(...)`."""
    if not isinstance(target, cst.Call) or not isinstance(target.func, cst.Attribute):
        return None
    renamed = target.with_changes(func=target.func.with_changes(attr=cst.Name("exception")))
    return edits.without_keyword(renamed, "exc_info")
