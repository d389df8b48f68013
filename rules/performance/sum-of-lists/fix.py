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
    before: cst.BaseParenthesizableWhitespace = cst.SimpleWhitespace("")
    after: cst.BaseParenthesizableWhitespace = cst.SimpleWhitespace("")
    if isinstance(value, cst.GeneratorExp) and len(value.lpar) == 1:
        before, after = value.lpar[0].whitespace_after, value.rpar[0].whitespace_before
        value = value.with_changes(lpar=(), rpar=())
    joined = cst.Call(chain, [cst.Arg(value, whitespace_after_arg=after)], whitespace_before_args=before)
    if hit.facts["read"]:
        return joined
    last = target.args[-1]
    closing = last.comma.whitespace_after if isinstance(last.comma, cst.Comma) else last.whitespace_after_arg
    made = [cst.Arg(joined, whitespace_after_arg=closing)]
    return cst.Call(cst.Name("list"), made, whitespace_before_args=target.whitespace_before_args)
