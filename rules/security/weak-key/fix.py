"""Ask for a longer key."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook.hit import Hit

_BITS = "3072"
_TOO_SHORT = range(256, 2048)  # below, the number is no size: an exponent


def longer(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """Replace the literal number of bits."""
    if not isinstance(target, cst.Call):
        return None
    sizes = [
        arg
        for arg in target.args
        if isinstance(arg.value, cst.Integer) and arg.value.evaluated_value in _TOO_SHORT
    ]
    if len(sizes) != 1:
        return None
    return target.with_deep_changes(sizes[0], value=cst.Integer(_BITS))
