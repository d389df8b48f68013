"""Read a file in one call that also closes it."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit

_READS = {"": "read_text", "r": "read_text", "rt": "read_text", "rb": "read_bytes"}


def through_path(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`open(p).read()` -> `Path(p).read_text()`; None for any other use or option."""
    if not isinstance(target, cst.Call) or target.args or not isinstance(target.func, cst.Attribute):
        return None
    opened = target.func.value
    if target.func.attr.value != "read" or not isinstance(opened, cst.Call) or edits.has_comment(target):
        return None
    if (
        not isinstance(opened.func, cst.Name)
        or not opened.args
        or isinstance(opened.args[0].value, cst.Integer)
    ):
        return None
    path, *options = opened.args
    if path.keyword is not None or path.star:
        return None
    mode = ""
    passed: list[cst.Arg] = []
    for position, option in enumerate(options):
        named = option.keyword.value if option.keyword is not None else ""
        if named == "mode" or (position == 0 and not named and not option.star):
            if not isinstance(option.value, cst.SimpleString):
                return None
            mode = str(option.value.evaluated_value)
        elif named in {"encoding", "errors"}:
            passed.append(option.with_changes(comma=cst.MaybeSentinel.DEFAULT))
        else:
            return None
    if mode not in _READS or (mode == "rb" and passed):
        return None
    made = cst.Call(cst.Name("Path"), [cst.Arg(path.value)])
    return cst.Call(cst.Attribute(made, cst.Name(_READS[mode])), passed, lpar=target.lpar, rpar=target.rpar)
