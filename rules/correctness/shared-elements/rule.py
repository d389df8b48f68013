"""`[[]] * n` and `dict.fromkeys(keys, [])`."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_DISPLAYS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
_MAKERS = frozenset({"builtins.list", "builtins.dict", "builtins.set", "builtins.bytearray"})


def find(source: Source) -> Iterator[Hit]:
    """Yield them where they are kept; a product that is only passed on or compared is seldom changed."""
    for product in source.nodes(ast.BinOp):
        if isinstance(product.op, ast.Mult) and _is_kept(source, product):
            match product.left:
                case ast.List(elts=[element]) if _is_mutable(source, element):
                    yield Hit(node=product, at=product, facts={"VALUE": ast.unparse(element)})
    for call in source.nodes(ast.Call):
        if (
            len(call.args) == 2  # noqa: PLR2004 - the keys and their value
            and not call.keywords
            and source.resolve(call.func) == "builtins.dict.fromkeys"
            and _is_mutable(source, call.args[1])
        ):
            yield Hit(node=call, at=call, facts={"VALUE": ast.unparse(call.args[1])})


def _is_mutable(source: Source, element: ast.expr) -> bool:
    if isinstance(element, ast.Call):
        return source.resolve(element.func) in _MAKERS
    if isinstance(element, ast.BinOp) and isinstance(element.op, ast.Mult):
        return isinstance(element.left, ast.List)
    return isinstance(element, _DISPLAYS)


def _is_kept(source: Source, product: ast.BinOp) -> bool:
    return isinstance(source.parents[product], (ast.Assign, ast.AnnAssign, ast.Return))
