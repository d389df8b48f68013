"""Move a negation into the comparison."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def negated(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`not x in y` -> `x not in y`; brackets stay where they hold lines together."""
    if not isinstance(target, cst.UnaryOperation) or not isinstance(target.expression, cst.Comparison):
        return None
    inner = target.expression
    if edits.has_comment(target) or len(inner.comparisons) != 1:
        return None
    part = inner.comparisons[0]
    if isinstance(part.operator, cst.In):
        operator: cst.BaseCompOp = cst.NotIn(
            whitespace_before=part.operator.whitespace_before, whitespace_after=part.operator.whitespace_after
        )
    elif isinstance(part.operator, cst.Is):
        operator = cst.IsNot(
            whitespace_before=part.operator.whitespace_before, whitespace_after=part.operator.whitespace_after
        )
    else:
        return None
    changed = inner.with_changes(comparisons=[part.with_changes(operator=operator)])
    if target.lpar or "\n" in module.module.code_for_node(inner):
        lpar, rpar = (target.lpar, target.rpar) if target.lpar else (inner.lpar, inner.rpar)
    else:
        lpar, rpar = (), ()
    return changed.with_changes(lpar=lpar, rpar=rpar)
