"""Drop one of two copies."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def once(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`sorted(list(x), key=f)` -> `sorted(x, key=f)`, `list(sorted(x))` -> `sorted(x)`."""
    if not isinstance(target, cst.Call) or not isinstance(target.args[0].value, cst.Call):
        return None
    inner = target.args[0].value
    if hit.facts["INNER"] == "sorted":
        around = (target.whitespace_before_args, target.args[0].whitespace_after_arg, target.args[0].comma)
        if any(edits.has_comment(part) for part in around):
            return None
        return inner.with_changes(lpar=(*target.lpar, *inner.lpar), rpar=(*inner.rpar, *target.rpar))
    around = (inner.whitespace_before_args, inner.args[0].whitespace_after_arg, inner.args[0].comma)
    if any(edits.has_comment(part) for part in around):
        return None
    value = inner.args[0].value
    if isinstance(value, cst.GeneratorExp) and not value.lpar and len(target.args) > 1:
        value = value.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    return target.with_changes(args=[target.args[0].with_changes(value=value), *target.args[1:]])
