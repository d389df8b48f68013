"""Lays out a new call as the call it replaces: an argument a line stays an argument a line.

Loaded only when something is rewritten: importing it imports LibCST.
"""

import libcst as cst


def laid_out(new: cst.BaseExpression, old: cst.BaseExpression) -> cst.BaseExpression:
    """Return `new` with the line breaks of `old`, where both are calls and `old` opens with one."""
    if not (isinstance(new, cst.Call) and isinstance(old, cst.Call) and old.args):
        return new
    opening = old.whitespace_before_args
    if not new.args or not isinstance(opening, cst.ParenthesizedWhitespace):
        return new
    first, last = old.args[0], old.args[-1]
    between = first.comma if _breaks(first.comma) and first is not last else _comma(opening)
    *before, final = new.args
    before = [arg if _breaks(arg.comma) else arg.with_changes(comma=_bare(between)) for arg in before]
    final = final.with_changes(comma=last.comma, whitespace_after_arg=last.whitespace_after_arg)
    return new.with_changes(whitespace_before_args=opening, args=[*before, final])


def _breaks(comma: cst.Comma | cst.MaybeSentinel) -> bool:
    return isinstance(comma, cst.Comma) and isinstance(comma.whitespace_after, cst.ParenthesizedWhitespace)


def _comma(opening: cst.ParenthesizedWhitespace) -> cst.Comma:
    return cst.Comma(whitespace_after=opening)


def _bare(comma: cst.Comma | cst.MaybeSentinel) -> cst.Comma | cst.MaybeSentinel:
    """Return the same line break without the comment that it may hold."""
    if not (isinstance(comma, cst.Comma) and isinstance(comma.whitespace_after, cst.ParenthesizedWhitespace)):
        return comma
    space = comma.whitespace_after
    line = space.first_line.with_changes(comment=None, whitespace=cst.SimpleWhitespace(""))
    return comma.with_changes(whitespace_after=space.with_changes(first_line=line, empty_lines=[]))
