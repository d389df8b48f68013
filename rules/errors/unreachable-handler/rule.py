"""Handlers of built-in exceptions that an earlier handler takes away."""

import ast
import builtins
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_EXCEPTIONS = {
    f"builtins.{name}": value
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
}


def find(source: Source) -> Iterator[Hit]:
    """Yield handlers of which every type was caught before."""
    for statement in source.nodes(ast.Try):
        caught: list[type[BaseException]] = []
        for handler in statement.handlers:
            types = _types(source, handler.type)
            earlier = [before for kind in types for before in caught if issubclass(kind, before)]
            if types and all(any(issubclass(kind, before) for before in caught) for kind in types):
                names = {
                    "NAME": ast.unparse(handler.type) if handler.type else "",
                    "EARLIER": earlier[0].__name__,
                }
                yield Hit(node=handler, at=handler, facts=names)
            caught.extend(_known(source, handler.type))


def _elements(caught: ast.expr | None) -> list[ast.expr]:
    if caught is None:
        return []
    return list(caught.elts) if isinstance(caught, ast.Tuple) else [caught]


def _known(source: Source, caught: ast.expr | None) -> list[type[BaseException]]:
    names = [source.resolve(element) for element in _elements(caught)]
    return [_EXCEPTIONS[name] for name in names if name in _EXCEPTIONS]


def _types(source: Source, caught: ast.expr | None) -> list[type[BaseException]]:
    """All types of a handler, none where one is not built in."""
    known = _known(source, caught)
    return known if len(known) == len(_elements(caught)) else []
