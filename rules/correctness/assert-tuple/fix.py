"""Take an assertion and its message out of a tuple."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def with_message(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`assert (x, "m")` -> `assert x, "m"`, where the second part is a text."""
    if (
        not isinstance(target, cst.Assert)
        or not isinstance(target.test, cst.Tuple)
        or edits.has_comment(target)
    ):
        return None
    elements = target.test.elements
    texts = (cst.SimpleString, cst.FormattedString, cst.ConcatenatedString)
    if len(elements) != len(("test", "message")) or not isinstance(elements[1].value, texts):
        return None
    return target.with_changes(
        test=edits.held_together(module.module, elements[0].value),
        msg=edits.held_together(module.module, elements[1].value),
        comma=cst.Comma(whitespace_after=cst.SimpleWhitespace(" ")),
        whitespace_after_assert=cst.SimpleWhitespace(" "),
    )
