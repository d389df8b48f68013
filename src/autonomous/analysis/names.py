"""What a name stands for: imports, aliases and built-ins, seen from the place where it is used."""

import ast
import builtins
from functools import cached_property
from typing import Final

from autonomous.analysis.lookup import Lookup
from autonomous.analysis.scopes import Assigned, Binding, Defined, Imported, Scope, aliased, imported_module
from autonomous.analysis.tree import SyntaxTree

BUILTINS: Final = frozenset(dir(builtins))
_ROOTS: Final = frozenset({"src", "lib"})
_LONGEST_ALIAS: Final = 8


class Names(Lookup):
    """What names and attributes of one file stand for."""

    def __init__(self, tree: SyntaxTree, path: str) -> None:
        self.module, package = _module_name(path)
        super().__init__(tree, package)
        self._by_node: dict[ast.AST, tuple[str, ...]] = {}
        self._resolved: dict[tuple[Scope | None, str], tuple[str, ...]] = {}

    def resolve(self, node: ast.AST) -> tuple[str, ...]:
        """Every dotted name that `node` may stand for, `()` when it is none or unknown.

        `try: import a as x` with `except ImportError: import b as x` has two. Built-ins begin with `builtins.`,
        what this file defines begins with its own module name.
        """
        if node not in self._by_node:
            self._by_node[node] = self._resolve(node, _LONGEST_ALIAS)
        return self._by_node[node]

    def resolve_at(self, name: str, at: ast.AST) -> str | None:
        """Return the first dotted name that the plain `name` would stand for if it were used at the node `at`."""
        return next(iter(self._resolve_name(name, at, _LONGEST_ALIAS)), None)

    def qualified(self, node: ast.AST) -> str:
        """Dotted name of a definition: its module and its symbol."""
        return f"{self.module}.{self.symbol(node)}"

    def symbol(self, node: ast.AST) -> str:
        """Qualified name of the definition that is, or is around, `node`; empty at module level."""
        around = (node, *self.tree.ancestors(node))
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        return ".".join(reversed([each.name for each in around if isinstance(each, kinds)]))

    def _resolve(self, node: ast.AST, depth: int) -> tuple[str, ...]:
        tail = ""
        root = node
        while isinstance(root, ast.Attribute):
            tail = f".{root.attr}{tail}"
            root = root.value
        if not isinstance(root, ast.Name):
            return ()
        return tuple(f"{base}{tail}" for base in self._resolve_name(root.id, root, depth))

    def _resolve_name(self, name: str, at: ast.AST, depth: int) -> tuple[str, ...]:
        if name not in self._meaningful and not self._star_imports:
            return ()
        scope, found = self.lookup(name, at)
        key = (scope, name)
        if key not in self._resolved:
            self._resolved[key] = ()  # an alias of itself resolves to nothing
            self._resolved[key] = self._stands_for(name, scope, found, depth)
        return self._resolved[key]

    def _stands_for(
        self, name: str, scope: Scope | None, found: tuple[Binding, ...], depth: int
    ) -> tuple[str, ...]:
        if scope is None:
            if name in BUILTINS:
                return (f"builtins.{name}",)
            return tuple(f"{module}.{name}" for module in self._star_imports)
        if any(isinstance(binding, Imported) for binding in found):
            found = tuple(binding for binding in found if not self._is_fallback(binding))
        answers: list[str] = []
        for binding in found:
            match binding:
                case Imported(dotted=dotted):
                    answers.append(dotted)
                case Assigned(value=ast.Name() | ast.Attribute() as value) if depth:
                    answers += self._resolve(value, depth - 1) or [""]
                case Defined() if isinstance(scope, ast.Module) and all(
                    isinstance(b, Defined) for b in found
                ):
                    answers.append(f"{self.module}.{name}")
                case _:
                    return ()
        return tuple(dict.fromkeys(answers)) if all(answers) else ()

    def _is_fallback(self, binding: Binding) -> bool:
        """`yaml = None`, or anything in an `except` block: what stands in when an import failed."""
        if isinstance(binding, Imported):
            return False
        if isinstance(binding, Assigned) and isinstance(binding.value, ast.Constant):
            return binding.value.value is None
        return any(isinstance(each, ast.ExceptHandler) for each in self.tree.ancestors(binding.node))

    @cached_property
    def _meaningful(self) -> frozenset[str]:
        """Names that may stand for something in some scope; most names of a program are not among them."""
        tree = self.tree
        definitions = (
            tree.nodes(ast.FunctionDef),
            tree.nodes(ast.AsyncFunctionDef),
            tree.nodes(ast.ClassDef),
        )
        found = {node.name for nodes in definitions for node in nodes}
        found.update(alias.asname or alias.name.partition(".")[0] for alias in tree.nodes(ast.alias))
        found.update(name for name, _ in aliased(tree))
        return BUILTINS.union(found)

    @cached_property
    def _star_imports(self) -> tuple[str, ...]:
        imports = self.tree.nodes(ast.ImportFrom)
        return tuple(
            imported_module(node, self.package)
            for node in imports
            if any(alias.name == "*" for alias in node.names)
        )


def _module_name(path: str) -> tuple[str, tuple[str, ...]]:
    parts = path.removesuffix(".pyi").removesuffix(".py").split("/")
    if parts[0] in _ROOTS and len(parts) > 1:
        parts = parts[1:]
    package = tuple(parts[:-1])
    return ".".join(package if parts[-1] == "__init__" else parts), package
