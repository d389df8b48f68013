"""Turn the list of a call into a generator."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def one_by_one(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`any([f(x) for x in xs])` -> `any(f(x) for x in xs)`."""
    if not isinstance(target, cst.Call):
        return None
    argument = target.args[0]
    built = argument.value
    if not isinstance(built, cst.ListComp) or built.lpar or edits.has_comment(argument.comma):
        return None
    inside = (built.lbracket.whitespace_after, built.rbracket.whitespace_before)
    outside = (target.whitespace_before_args, argument.whitespace_after_arg)
    if isinstance(argument.comma, cst.Comma):
        outside = (outside[0], argument.comma.whitespace_after)
    if all(any(map(edits.has_comment, spaces)) for spaces in (inside, outside)):
        return None
    outer = any(not space.empty for space in outside) and not any(map(edits.has_comment, inside))
    before, after = outside if outer else inside
    generator = cst.GeneratorExp(built.elt, built.for_in, lpar=(), rpar=())
    passed = argument.with_changes(
        value=edits.moved_left(generator, _shift(inside[0], before)),
        comma=cst.MaybeSentinel.DEFAULT,
        whitespace_after_arg=after,
    )
    return target.with_changes(args=[passed], whitespace_before_args=before)


def _shift(inside: cst.BaseParenthesizableWhitespace, before: cst.BaseParenthesizableWhitespace) -> int:
    """How far the element moves to the left, and with it the lines below."""
    indent = edits.indent_of(inside)
    return indent - edits.indent_of(before) if indent else len("[")
