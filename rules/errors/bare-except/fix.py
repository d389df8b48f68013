"""Name the exceptions that a handler is for."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook.hit import Hit


def exceptions_only(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`except:` -> `except Exception:`."""
    if not isinstance(target, cst.ExceptHandler) or target.type is not None:
        return None
    return target.with_changes(type=cst.Name("Exception"), whitespace_after_except=cst.SimpleWhitespace(" "))
