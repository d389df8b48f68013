"""Small LibCST edits that the fixes of several rules share."""

import json
from typing import TypeVar

import libcst as cst

CodeT = TypeVar("CodeT", bound=cst.CSTNode)


def keyword(call: cst.Call, name: str) -> cst.Arg | None:
    """The keyword argument `name` of `call`, None when it is not given."""
    return next((arg for arg in call.args if arg.keyword is not None and arg.keyword.value == name), None)


def without_keyword(call: cst.Call, name: str) -> cst.Call | None:
    """`call` without its keyword argument `name`; None when a comment would go with it.

    The last argument that stays takes over the comma of the one that went, so that a closing bracket
    on its own line stays where it is.
    """
    gone = keyword(call, name)
    if gone is None:
        return call
    if has_comment(gone):
        return None
    kept = [arg for arg in call.args if arg is not gone]
    if not kept:
        return call.with_changes(args=[], whitespace_before_args=cst.SimpleWhitespace(""))
    if call.args[-1] is gone:
        kept[-1] = _ending_as(kept[-1], gone)
    return call.with_changes(args=kept)


def _ending_as(last: cst.Arg, gone: cst.Arg) -> cst.Arg:
    """`last` with the end of the argument that stood behind it; a comment behind its comma stays on its line."""
    if not isinstance(last.comma, cst.Comma) or not has_comment(last.comma):
        return last.with_changes(comma=gone.comma, whitespace_after_arg=gone.whitespace_after_arg)
    own = last.comma.whitespace_after
    closing = gone.comma.whitespace_after if isinstance(gone.comma, cst.Comma) else gone.whitespace_after_arg
    if isinstance(closing, cst.ParenthesizedWhitespace):
        own = own.with_changes(
            last_line=closing.last_line, indent=closing.indent, empty_lines=closing.empty_lines
        )
    return last.with_changes(comma=last.comma.with_changes(whitespace_after=own))


def with_keyword(call: cst.Call, name: str, value: cst.BaseExpression) -> cst.Call:
    """`call` with `name=value` added at its end, laid out as the arguments before it, or with its value replaced."""
    old = keyword(call, name)
    if old is not None:
        return call.with_changes(
            args=[arg.with_changes(value=value) if arg is old else arg for arg in call.args]
        )
    return with_argument(call, cst.Arg(value, keyword=cst.Name(name), equal=_tight_equal()))


def with_argument(call: cst.Call, added: cst.Arg) -> cst.Call:
    """`call` with one more argument at its end; a trailing comma or a bracket on its own line stays."""
    if not call.args:
        return call.with_changes(args=[added])
    *before, last = call.args
    between = _comma_between(call)
    if isinstance(last.comma, cst.Comma):
        moved = last.comma.whitespace_after
        if isinstance(moved, cst.ParenthesizedWhitespace) and moved.first_line.comment is not None:
            return _after_comment(call, added, before=before, last=last, comma=last.comma)
        ended = added.with_changes(comma=last.comma)
    else:
        ended = added.with_changes(whitespace_after_arg=last.whitespace_after_arg)
        last = last.with_changes(whitespace_after_arg=cst.SimpleWhitespace(""))
    return call.with_changes(args=[*before, last.with_changes(comma=between), ended])


def _after_comment(
    call: cst.Call, added: cst.Arg, *, before: list[cst.Arg], last: cst.Arg, comma: cst.Comma
) -> cst.Call:
    """The last argument has a comment behind its comma: that comment stays on its line."""
    closing = comma.whitespace_after
    if not isinstance(closing, cst.ParenthesizedWhitespace):
        raise TypeError(closing)
    opening = call.whitespace_before_args
    inner = opening.last_line if isinstance(opening, cst.ParenthesizedWhitespace) else closing.last_line
    stays = closing.with_changes(last_line=inner)
    ends = cst.Comma(
        whitespace_after=closing.with_changes(first_line=_bare_end(closing.first_line), empty_lines=[])
    )
    kept = last.with_changes(comma=comma.with_changes(whitespace_after=stays))
    return call.with_changes(args=[*before, kept, added.with_changes(comma=ends)])


def _bare_end(line: cst.TrailingWhitespace) -> cst.TrailingWhitespace:
    return line.with_changes(comment=None, whitespace=cst.SimpleWhitespace(""))


def _comma_between(call: cst.Call) -> cst.Comma:
    """The comma that separates arguments here: the one between the last two, or the opening bracket's line break."""
    commas = [arg.comma for arg in call.args[:-1] if isinstance(arg.comma, cst.Comma)]
    if commas and not has_comment(commas[-1]):
        return commas[-1]
    opening = call.whitespace_before_args
    if isinstance(opening, cst.ParenthesizedWhitespace) and not has_comment(opening):
        return cst.Comma(whitespace_after=opening)
    return cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))


def _tight_equal() -> cst.AssignEqual:
    return cst.AssignEqual(
        whitespace_before=cst.SimpleWhitespace(""), whitespace_after=cst.SimpleWhitespace("")
    )


def string(value: str) -> cst.SimpleString:
    """A literal of `value` in double quotes, with what is not ASCII left as it is."""
    return cst.SimpleString(json.dumps(value, ensure_ascii=False))


def has_comment(node: cst.CSTNode | cst.MaybeSentinel) -> bool:
    """True when a comment lies anywhere inside `node`."""
    if isinstance(node, cst.MaybeSentinel):
        return False
    return isinstance(node, cst.Comment) or any(has_comment(child) for child in node.children)


def names_in(node: cst.CSTNode) -> frozenset[str]:
    """Every name that stands anywhere in `node`."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, cst.Name):
            found.add(current.value)
        waiting.extend(current.children)
    return frozenset(found)


def named(arg: cst.Arg, name: str) -> cst.Arg:
    """The positional argument `arg` given by name."""
    return arg.with_changes(keyword=cst.Name(name), equal=_tight_equal())


def held_together(module: cst.Module, value: cst.BaseExpression) -> cst.BaseExpression:
    """`value` in brackets when it has several lines and none of its own."""
    if value.lpar or "\n" not in module.code_for_node(value):
        return value
    return value.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def by_identity(target: cst.CSTNode) -> cst.Comparison | None:
    """The comparison `x == y`, or `not x == y`, asked with `is`; None for anything else or with a comment inside."""
    negated = isinstance(target, cst.UnaryOperation) and isinstance(target.operator, cst.Not)
    compared = target.expression if isinstance(target, cst.UnaryOperation) and negated else target
    if not isinstance(compared, cst.Comparison) or len(compared.comparisons) != 1:
        return None
    part = compared.comparisons[0]
    if not isinstance(part.operator, cst.Equal | cst.NotEqual) or has_comment(part.operator):
        return None
    same = isinstance(part.operator, cst.Equal) != negated
    return compared.with_changes(comparisons=[part.with_changes(operator=cst.Is() if same else cst.IsNot())])


def has_comment_at_end(block: cst.IndentedBlock) -> bool:
    """True when a comment follows the last statement of `block`, or stands behind its colon."""
    return block.header.comment is not None or any(line.comment is not None for line in block.footer)


def moved_left(node: CodeT, columns: int) -> CodeT:
    """`node` with its continuation lines `columns` further left; lines inside of strings stay."""
    return _MovedLeft(columns).moved(node) if columns > 0 else node


def indent_of(space: cst.BaseParenthesizableWhitespace) -> int:
    """Columns of the line that `space` ends on; 0 where it holds no line break."""
    return len(space.last_line.value) if isinstance(space, cst.ParenthesizedWhitespace) else 0


class _MovedLeft(cst.CSTTransformer):
    def __init__(self, columns: int) -> None:
        super().__init__()
        self._columns = columns

    def moved(self, node: CodeT) -> CodeT:
        """The node after the walk. Raises TypeError where it became something else."""
        result = node.visit(self)
        if not isinstance(result, type(node)):
            raise TypeError(type(node).__name__)
        return result

    def on_leave(
        self,
        original_node: cst.CSTNodeT,  # noqa: ARG002 - LibCST passes both
        updated_node: cst.CSTNodeT,
    ) -> cst.CSTNodeT | cst.RemovalSentinel | cst.FlattenSentinel[cst.CSTNodeT]:
        """Shorten the white space behind each line break."""
        if not isinstance(updated_node, cst.ParenthesizedWhitespace):
            return updated_node
        lines = [
            line.with_changes(whitespace=self._shorter(line.whitespace)) for line in updated_node.empty_lines
        ]
        return updated_node.with_changes(last_line=self._shorter(updated_node.last_line), empty_lines=lines)

    def _shorter(self, space: cst.SimpleWhitespace) -> cst.SimpleWhitespace:
        return (
            space.with_changes(value=space.value[self._columns :])
            if len(space.value) >= self._columns
            else space
        )
