"""Raise an exception that was only made."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook.hit import Hit


def raised(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`ValueError("x")` -> `raise ValueError("x")`."""
    if isinstance(target, cst.Expr):
        return cst.Raise(exc=target.value, semicolon=target.semicolon)
    return None
