"""Say that a function returns nothing."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook.hit import Hit


def returns_none(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`def f(x: int):` -> `def f(x: int) -> None:`."""
    if not isinstance(target, cst.FunctionDef) or target.returns is not None:
        return None
    return target.with_changes(
        returns=cst.Annotation(cst.Name("None")), whitespace_before_colon=cst.SimpleWhitespace("")
    )
