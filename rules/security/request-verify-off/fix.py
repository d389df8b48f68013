"""Let the call check certificates, as it does by default."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def check_certificates(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """Drop `verify=False`."""
    return edits.without_keyword(target, "verify") if isinstance(target, cst.Call) else None
