"""Call a logger's method by its present name."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook.hit import Hit


def warning(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`log.warn` -> `log.warning`."""
    return target.with_changes(attr=cst.Name("warning")) if isinstance(target, cst.Attribute) else None
