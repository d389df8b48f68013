"""`if x == True:` and the like, where only the truth of the result counts."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook import facts
from autonomous.rulebook.hit import Hit


def find(source: Source) -> Iterator[Hit]:
    """Yield comparisons in conditions; elsewhere, as in a query or a mask, the result is an object of its own."""
    for compare in source.nodes(ast.Compare):
        if len(compare.ops) != 1 or not isinstance(compare.ops[0], (ast.Eq, ast.NotEq)):
            continue
        sides = (compare.left, compare.comparators[0])
        flags = [isinstance(side, ast.Constant) and isinstance(side.value, bool) for side in sides]
        if (
            sum(flags) != 1
            or not _is_condition(source, compare)
            or not _is_flag(source, sides[flags.index(False)])
        ):
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


def _is_flag(source: Source, value: ast.expr) -> bool:
    """Known to be True or False: an option that may also be a path or a number is asked for `True` on purpose."""
    if source.type_of(value) == "builtins.bool" or isinstance(value, ast.Compare):
        return True
    if not isinstance(value, ast.Name):
        return False
    function = facts.function_around(source, value)
    if function is not None and _default(function.args, value.id) is not None:
        default = _default(function.args, value.id)
        return isinstance(default, ast.Constant) and isinstance(default.value, bool)
    values = facts.values_of(source, value)
    return values is not None and all(source.type_of(one) == "builtins.bool" for one in values)


def _default(arguments: ast.arguments, name: str) -> ast.expr | None:
    positional = [*arguments.posonlyargs, *arguments.args]
    pairs = [*zip(reversed(positional), reversed(arguments.defaults), strict=False)]
    pairs += [
        (one, default)
        for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        if default
    ]
    return next((default for one, default in pairs if one.arg == name), None)
