"""Name the exception that was caught as the cause of the one that is raised."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook.hit import Hit

_SPACE = cst.SimpleWhitespace(" ")


def with_cause(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`raise X()` -> `raise X() from err`, with `as err` on the handler where it has no name."""
    if not isinstance(target, cst.ExceptHandler) or target.type is None:
        return None
    name = cst.Name(hit.facts["name"])
    raised = _raises(target.body)[int(hit.facts["index"])]
    changed = target.deep_replace(
        raised, raised.with_changes(cause=cst.From(name, whitespace_before_from=_SPACE))
    )
    if target.name is not None:
        return changed
    return changed.with_changes(
        name=cst.AsName(name, whitespace_before_as=_SPACE), whitespace_after_except=_SPACE
    )


def _raises(node: cst.CSTNode) -> list[cst.Raise]:
    if isinstance(node, cst.Raise):
        return [node]
    return [found for child in node.children for found in _raises(child)]
