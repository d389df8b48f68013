"""Call super() without arguments."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def without_arguments(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`super(Class, self)` -> `super()`."""
    if not isinstance(target, cst.Call) or edits.has_comment(target):
        return None
    return target.with_changes(args=[], whitespace_before_args=cst.SimpleWhitespace(""))
