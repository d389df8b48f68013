"""Take the right to write from everybody but the owner."""

import ast

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook.hit import Hit


def owner_writes(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`0o777` -> `0o755`, `0o666` -> `0o644`."""
    if (
        not isinstance(target, cst.Integer)
        or not isinstance(hit.node, ast.Constant)
        or not isinstance(hit.node.value, int)
    ):
        return None
    return target.with_changes(value=f"0o{hit.node.value & ~0o022:o}")
