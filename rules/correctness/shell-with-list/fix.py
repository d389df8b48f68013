"""Start a program without a shell."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def without_shell(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """Drop `shell=True`."""
    return edits.without_keyword(target, "shell") if isinstance(target, cst.Call) else None
