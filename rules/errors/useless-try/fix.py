"""Take the body out of a try that does nothing."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def body_of_plain(
    module: MetadataWrapper, target: cst.CSTNode, hit: Hit
) -> cst.FlattenSentinel[cst.BaseStatement] | None:
    """The body, where no comment is lost and the handlers name built-in exceptions without binding a name."""
    if not isinstance(target, cst.Try) or not hit.facts["plain"]:
        return None
    if any(edits.has_comment(handler) or handler.name is not None for handler in target.handlers):
        return None
    if isinstance(target.body, cst.IndentedBlock) and target.body.header.comment is not None:
        return None
    return body(module, target, hit)


def body(
    module: MetadataWrapper, target: cst.CSTNode, hit: Hit
) -> cst.FlattenSentinel[cst.BaseStatement] | None:
    """The statements of the body, with the comments above the try."""
    if not isinstance(target, cst.Try) or not isinstance(target.body, cst.IndentedBlock):
        return None
    first, *others = target.body.body
    lines = [*target.leading_lines, *first.leading_lines]
    footer = [line for line in target.body.footer if line.comment is not None]
    if footer:
        return None
    return cst.FlattenSentinel([first.with_changes(leading_lines=lines), *others])
