"""Turn a list comprehension into the comprehension that is meant."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def comprehension(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`set([x for x in xs])` -> `{x for x in xs}`."""
    if not isinstance(target, cst.Call):
        return None
    argument = target.args[0]
    built = argument.value
    around = (target.whitespace_before_args, argument.whitespace_after_arg, argument.comma)
    if not isinstance(built, cst.ListComp) or any(edits.has_comment(part) for part in around):
        return None
    if hit.facts["NAME"] == "list":
        return built.with_changes(lpar=(*target.lpar, *built.lpar), rpar=(*built.rpar, *target.rpar))
    left = cst.LeftCurlyBrace(whitespace_after=built.lbracket.whitespace_after)
    right = cst.RightCurlyBrace(whitespace_before=built.rbracket.whitespace_before)
    if hit.facts["NAME"] == "set":
        return cst.SetComp(built.elt, built.for_in, lbrace=left, rbrace=right)
    if not isinstance(built.elt, cst.Tuple) or edits.has_comment(built.elt):
        return None
    key, value = built.elt.elements
    return cst.DictComp(key.value, value.value, built.for_in, lbrace=left, rbrace=right)
