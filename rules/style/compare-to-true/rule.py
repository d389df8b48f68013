"""`if x == True:` and the like, where only the truth of the result counts."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield comparisons in conditions; elsewhere, as in a query or a mask, the result is an object of its own."""
    for compare in source.nodes(ast.Compare):
        if len(compare.ops) != 1 or not isinstance(compare.ops[0], (ast.Eq, ast.NotEq)):
            continue
        sides = (compare.left, compare.comparators[0])
        flags = [isinstance(side, ast.Constant) and isinstance(side.value, bool) for side in sides]
        if sum(flags) != 1 or not _is_condition(source, compare):
            continue
        flag = sides[flags.index(True)]
        said = "==" if isinstance(compare.ops[0], ast.Eq) else "!="
        wanted = isinstance(flag, ast.Constant) and flag.value is (said == "==")
        facts = {
            "OP": said,
            "VALUE": ast.unparse(flag),
            "side": str(flags.index(False)),
            "wanted": "yes" if wanted else "",
        }
        yield Hit(node=compare, at=compare, facts=facts)


def _is_condition(source: Source, compare: ast.Compare) -> bool:
    inner: ast.AST = compare
    for node in source.ancestors(compare):
        if isinstance(node, ast.BoolOp) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)):
            inner = node
            continue
        return isinstance(node, (ast.If, ast.While, ast.Assert, ast.IfExp)) and node.test is inner
    return False
