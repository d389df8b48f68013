"""Compare with None by identity."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def identity(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`x == None` -> `x is None`, also the other way round."""
    asked = edits.by_identity(target)
    if asked is None:
        return None
    part = asked.comparisons[0]
    if isinstance(asked.left, cst.Name) and asked.left.value == "None":
        return asked.with_changes(
            left=part.comparator, comparisons=[part.with_changes(comparator=asked.left)]
        )
    return asked
