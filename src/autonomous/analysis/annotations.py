"""Which type an annotation names."""

import ast
from typing import Final

from autonomous.analysis.known_types import CANONICAL
from autonomous.analysis.names import Names

_WRAPPERS: Final = frozenset(
    f"{module}.{name}"
    for module in ("typing", "typing_extensions")
    for name in ("Optional", "Annotated", "Final", "ClassVar", "Required", "NotRequired")
)


def annotated(names: Names, annotation: ast.expr | None) -> str | None:
    """Dotted name of the type; understands `X`, `"X"`, `X | None`, `Optional[X]`, `Annotated[X, ...]`, `X[...]`."""
    wanted = annotation
    while wanted is not None:
        match wanted:
            case ast.Constant(value=str(text)):
                return _quoted(names, text, wanted)
            case (
                ast.BinOp(op=ast.BitOr(), left=inner, right=ast.Constant(value=None))
                | ast.BinOp(op=ast.BitOr(), left=ast.Constant(value=None), right=inner)
            ):
                wanted = inner
            case ast.Subscript(value=outer, slice=inner):
                wanted = _content(inner) if _WRAPPERS.intersection(names.resolve(outer)) else outer
            case ast.Name() | ast.Attribute():
                found = next(iter(names.resolve(wanted)), None)
                return found and CANONICAL.get(found, found)
            case _:
                return None
    return None


def _content(inner: ast.expr) -> ast.expr | None:
    if isinstance(inner, ast.Tuple):
        return next(iter(inner.elts), None)
    return inner


def _quoted(names: Names, text: str, at: ast.expr) -> str | None:
    """A forward reference: only dotted names, which are looked up where they are written."""
    head, _, tail = text.partition("[")[0].strip().partition(".")
    base = names.resolve_at(head, at) if head.isidentifier() else None
    found = f"{base}.{tail}" if base and tail else base
    return found and CANONICAL.get(found, found)
