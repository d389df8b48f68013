"""Make a value of its own for each element."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit

_SPACE = cst.SimpleWhitespace(" ")


def one_for_each(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`[[]] * n` -> `[[] for _ in range(n)]`; `dict.fromkeys(keys, [])` -> `{key: [] for key in keys}`."""
    if edits.has_comment(target):
        return None
    match target:
        case cst.BinaryOperation(left=cst.List(elements=[element]), right=times):
            text = module.module.code_for_node(element)
            if "_" in text.replace("(", " ").replace(")", " ").split():
                return None
            counted = cst.Call(cst.Name("range"), [cst.Arg(times.with_changes(lpar=(), rpar=()))])
            loop = cst.CompFor(cst.Name("_"), counted, whitespace_before=_SPACE)
            return cst.ListComp(element.value, loop, lpar=target.lpar, rpar=target.rpar)
        case cst.Call(args=[keys, value]) if not keys.star and keys.keyword is None:
            loop = cst.CompFor(cst.Name("key"), keys.value, whitespace_before=_SPACE)
            return cst.DictComp(cst.Name("key"), value.value, loop, lpar=target.lpar, rpar=target.rpar)
        case _:
            return None
