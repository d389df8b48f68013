"""Start Flask as it is started for users."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def without_debug(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """Drop `debug=True`."""
    return edits.without_keyword(target, "debug") if isinstance(target, cst.Call) else None
