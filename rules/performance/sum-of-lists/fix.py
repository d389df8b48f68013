"""Chain lists instead of adding them up."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def chained(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`sum(xs, [])` -> `list(itertools.chain.from_iterable(xs))`."""
    if not isinstance(target, cst.Call) or any(edits.has_comment(arg) for arg in target.args[1:]):
        return None
    lists = target.args[0]
    if edits.has_comment(lists.comma):
        return None
    chain = cst.Attribute(cst.Attribute(cst.Name("itertools"), cst.Name("chain")), cst.Name("from_iterable"))
    value = lists.value
    if isinstance(value, cst.GeneratorExp) and len(value.lpar) == 1:
        value = value.with_changes(lpar=(), rpar=())
    joined = cst.Call(chain, [cst.Arg(value)])
    return joined if hit.facts["read"] else cst.Call(cst.Name("list"), [cst.Arg(joined)])
