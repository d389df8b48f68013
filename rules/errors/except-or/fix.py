"""Turn types joined by `or` into a tuple."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def as_tuple(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`A or B` -> `(A, B)`."""
    if not isinstance(target, cst.BooleanOperation) or edits.has_comment(target):
        return None
    return cst.Tuple([cst.Element(value) for value in _values(target)])


def _values(node: cst.BaseExpression) -> list[cst.BaseExpression]:
    if isinstance(node, cst.BooleanOperation):
        return [*_values(node.left), *_values(node.right)]
    return [node]
