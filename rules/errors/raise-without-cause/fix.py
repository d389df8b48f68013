"""Name the exception that was caught as the cause of the one that is raised."""

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def with_cause(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`raise X()` -> `raise X() from err`, with `as err` on the handler where it has no name."""
    if not isinstance(target, cst.ExceptHandler) or target.type is None:
        return None
    line = int(hit.facts["line"])
    positions = module.resolve(PositionProvider)
    wanted = [node for node in _raises(target.body) if positions[node].start.line == line]
    if len(wanted) != 1 or wanted[0].cause is not None or wanted[0].exc is None:
        return None
    name = _name_of(target) or edits.free_name(module.module, ("err", "error", "exc", "cause"))
    caused = wanted[0].with_changes(
        cause=cst.From(cst.Name(name), whitespace_before_from=cst.SimpleWhitespace(" ")),
    )
    changed = target.deep_replace(wanted[0], caused)
    if target.name is None:
        changed = changed.with_changes(
            name=cst.AsName(cst.Name(name), whitespace_before_as=cst.SimpleWhitespace(" ")),
            whitespace_after_except=cst.SimpleWhitespace(" "),
        )
    return changed


def _name_of(handler: cst.ExceptHandler) -> str:
    if handler.name is None or not isinstance(handler.name.name, cst.Name):
        return ""
    return handler.name.name.value


def _raises(node: cst.CSTNode) -> list[cst.Raise]:
    if isinstance(node, cst.Raise):
        return [node]
    return [found for child in node.children for found in _raises(child)]
