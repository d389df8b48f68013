"""Iterate over a copy of a collection."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook.hit import Hit


def over_a_copy(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`for x in xs:` -> `for x in list(xs):`."""
    return cst.Call(cst.Name("list"), [cst.Arg(target)]) if isinstance(target, cst.BaseExpression) else None
