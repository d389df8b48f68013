"""Take the body out of a try that does nothing."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def body(
    module: MetadataWrapper, target: cst.CSTNode, hit: Hit
) -> cst.FlattenSentinel[cst.BaseStatement] | None:
    """The statements of the body, with the comments above the try."""
    if not isinstance(target, cst.Try) or not isinstance(target.body, cst.IndentedBlock):
        return None
    first, *others = target.body.body
    if not isinstance(first, cst.SimpleStatementLine | cst.BaseCompoundStatement) or edits.has_comment_at_end(
        target.body
    ):
        return None
    lines = [*target.leading_lines, *first.leading_lines]
    return cst.FlattenSentinel([first.with_changes(leading_lines=lines), *others])
