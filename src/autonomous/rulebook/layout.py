"""Lays out a new call as the call it replaces: an argument a line stays an argument a line.

Loaded only when something is rewritten: importing it imports LibCST.
"""

from collections.abc import Sequence

import libcst as cst


def laid_out(new: cst.BaseExpression, old: cst.BaseExpression, *, room: int) -> cst.BaseExpression:
    """Return `new` with the line breaks of `old`, where both are calls and `old` opens with one.

    As formatters do it, a call without a comma behind its last argument is put on one line when it fits into
    `room` characters.
    """
    if not (isinstance(new, cst.Call) and isinstance(old, cst.Call) and old.args and new.args):
        return new
    opening = old.whitespace_before_args
    if not isinstance(opening, cst.ParenthesizedWhitespace):
        return new
    if not isinstance(old.args[-1].comma, cst.Comma) and not _has_comment(old):
        flat = new.with_changes(args=_flat(new.args))
        code = cst.Module([]).code_for_node(flat)
        if "\n" not in code and "\r" not in code and len(code) <= room:
            return flat
    between = _bare(old.args[0].comma) if old.args[1:] else cst.Comma(whitespace_after=_plain(opening))
    *before, final = new.args
    last = old.args[-1]
    before = [arg if _breaks(arg.comma) else arg.with_changes(comma=between) for arg in before]
    final = final.with_changes(comma=last.comma, whitespace_after_arg=last.whitespace_after_arg)
    return new.with_changes(whitespace_before_args=opening, args=[*before, final])


def _flat(arguments: Sequence[cst.Arg]) -> list[cst.Arg]:
    space = cst.SimpleWhitespace("")
    *before, last = (argument.with_changes(whitespace_after_arg=space) for argument in arguments)
    comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    return [
        *(argument.with_changes(comma=comma) for argument in before),
        last.with_changes(comma=cst.MaybeSentinel.DEFAULT),
    ]


def _has_comment(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Comment) or any(_has_comment(child) for child in node.children)


def _breaks(comma: cst.Comma | cst.MaybeSentinel) -> bool:
    return isinstance(comma, cst.Comma) and isinstance(comma.whitespace_after, cst.ParenthesizedWhitespace)


def _bare(comma: cst.Comma | cst.MaybeSentinel) -> cst.Comma | cst.MaybeSentinel:
    """Return the same comma without the comment that may stand behind it."""
    if isinstance(comma, cst.Comma) and isinstance(comma.whitespace_after, cst.ParenthesizedWhitespace):
        return comma.with_changes(whitespace_after=_plain(comma.whitespace_after))
    return comma


def _plain(space: cst.ParenthesizedWhitespace) -> cst.ParenthesizedWhitespace:
    line = space.first_line.with_changes(comment=None, whitespace=cst.SimpleWhitespace(""))
    return space.with_changes(first_line=line, empty_lines=[])
