"""Remove a word instead of a set of characters."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook.hit import Hit

_WORD = {"lstrip": "removeprefix", "rstrip": "removesuffix"}


def whole_word(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`rstrip(".txt")` -> `removesuffix(".txt")`."""
    if not isinstance(target, cst.Call) or not isinstance(target.func, cst.Attribute):
        return None
    better = _WORD.get(target.func.attr.value)
    return target.with_deep_changes(target.func, attr=cst.Name(better)) if better else None
