"""The classes and functions that a file defines, by their dotted names."""

import ast
from collections.abc import Iterator
from functools import cached_property

from autonomous.analysis.known_types import CANONICAL
from autonomous.analysis.names import Names


class Definitions:
    """What one file defines; a name that is defined twice has several classes, and its last function."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def with_bases(self, name: str) -> Iterator[str]:
        """Yield a class and all that it derives from, as far as this file says."""
        waiting, seen = [name], set()
        while waiting:
            current = waiting.pop()
            if current in seen:
                continue
            seen.add(current)
            yield current
            for node in self.classes.get(current, ()):
                for base in node.bases:
                    plain = base.value if isinstance(base, ast.Subscript) else base
                    waiting += (CANONICAL.get(each, each) for each in self._names.resolve(plain))

    @cached_property
    def classes(self) -> dict[str, list[ast.ClassDef]]:
        """All classes."""
        found: dict[str, list[ast.ClassDef]] = {}
        for node in self._names.tree.nodes(ast.ClassDef):
            found.setdefault(self._names.qualified(node), []).append(node)
        return found

    @cached_property
    def functions(self) -> dict[str, ast.FunctionDef]:
        """Plain functions by name; what an `async` one returns is only known once it is awaited."""
        return {self._names.qualified(node): node for node in self._names.tree.nodes(ast.FunctionDef)}


def receiver(names: Names, node: ast.arg) -> str | None:
    """`self`: the first parameter of a method has the type of its class."""
    parents = names.tree.parents
    args = parents.get(node)
    function = parents.get(args) if args else None
    owner = parents.get(function) if function else None
    if not (isinstance(args, ast.arguments) and isinstance(owner, ast.ClassDef)):
        return None
    if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) or function.decorator_list:
        return None
    first = next(iter((*args.posonlyargs, *args.args)), None)
    return names.qualified(owner) if first is node else None
