"""Call an assertion by its present name."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook.hit import Hit


def present_name(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`self.assertEquals` -> `self.assertEqual`."""
    return target.with_changes(attr=cst.Name(hit.facts["NEW"])) if isinstance(target, cst.Attribute) else None
