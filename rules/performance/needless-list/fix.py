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
    name = hit.facts["NAME"]
    made = _made(name, edits.moved_left(built, _shift(name, target, built)))
    return made and made.with_changes(lpar=target.lpar, rpar=target.rpar)


def _made(name: str, built: cst.ListComp) -> cst.BaseExpression | None:
    left = cst.LeftCurlyBrace(whitespace_after=_tight(built.lbracket.whitespace_after))
    right = cst.RightCurlyBrace(whitespace_before=_tight(built.rbracket.whitespace_before))
    match name, built.elt:
        case "list", _:
            return built
        case "set", element:
            return cst.SetComp(element, built.for_in, lbrace=left, rbrace=right)
        case "dict", cst.Tuple(elements=[key, value]) as pair if not edits.has_comment(pair):
            return cst.DictComp(key.value, value.value, built.for_in, lbrace=left, rbrace=right)
        case _:
            return None


def _shift(name: str, call: cst.Call, built: cst.ListComp) -> int:
    """How far the element moves to the left, and with it the lines below."""
    argument = call.args[0]
    opened = edits.indent_of(call.whitespace_before_args)
    if opened:
        after = (
            argument.comma.whitespace_after
            if isinstance(argument.comma, cst.Comma)
            else argument.whitespace_after_arg
        )
        return opened - edits.indent_of(after)
    if edits.indent_of(built.lbracket.whitespace_after):
        return 0
    return len(name) + len("(")


def _tight(space: cst.BaseParenthesizableWhitespace) -> cst.BaseParenthesizableWhitespace:
    """No blanks inside of braces; line breaks stay."""
    return cst.SimpleWhitespace("") if isinstance(space, cst.SimpleWhitespace) else space
