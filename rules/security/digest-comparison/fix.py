"""Compare digests in constant time."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def constant_time(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`a == b` -> `hmac.compare_digest(a, b)`."""
    if not isinstance(target, cst.Comparison) or edits.has_comment(target):
        return None
    compared = cst.Call(
        func=cst.Attribute(cst.Name("hmac"), cst.Name("compare_digest")),
        args=[
            cst.Arg(target.left, comma=cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))),
            cst.Arg(target.comparisons[0].comparator),
        ],
    )
    if hit.facts["OP"] == "==":
        return compared
    return cst.UnaryOperation(cst.Not(), compared, lpar=target.lpar, rpar=target.rpar)
