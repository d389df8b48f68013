"""Read a file in one call that also closes it."""

from collections.abc import Sequence

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit

_READS = {"": "read_text", "r": "read_text", "rt": "read_text", "rb": "read_bytes"}


def through_path(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`open(p).read()` -> `Path(p).read_text()`; None for any other use or option."""
    match target:
        case cst.Call(
            args=[],
            func=cst.Attribute(attr=cst.Name("read"), value=cst.Call(func=cst.Name(), args=[path, *options])),
        ) if not edits.has_comment(target) and _is_path(path):
            mode, passed = _sorted_out(options)
        case _:
            return None
    if mode not in _READS or (mode == "rb" and passed):
        return None
    made = cst.Call(cst.Name("Path"), [cst.Arg(path.value)])
    return cst.Call(cst.Attribute(made, cst.Name(_READS[mode])), passed)


def _is_path(argument: cst.Arg) -> bool:
    return argument.keyword is None and not argument.star and not isinstance(argument.value, cst.Integer)


def _sorted_out(options: Sequence[cst.Arg]) -> tuple[str, list[cst.Arg]]:
    """The mode, "?" when it cannot be told, and what goes to read_text as it is."""
    mode = ""
    passed: list[cst.Arg] = []
    for position, option in enumerate(options):
        named = option.keyword.value if option.keyword is not None else ""
        if named in {"encoding", "errors"}:
            passed.append(option.with_changes(comma=cst.MaybeSentinel.DEFAULT))
        elif (named == "mode" or (position == 0 and not named)) and isinstance(
            option.value, cst.SimpleString
        ):
            mode = str(option.value.evaluated_value)
        else:
            return "?", []
    return mode, passed
