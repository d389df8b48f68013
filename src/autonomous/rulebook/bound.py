"""Which names a place can use for a module or an attribute, and which names are still free there."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from autonomous.analysis.scopes import Binding, Imported, Scope
from autonomous.analysis.source import Source
from autonomous.rulebook.filetext import place


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The names that can be seen from one node of a file."""

    source: Source
    node: ast.AST

    def name_for(self, dotted: str) -> tuple[str, str] | None:
        """Return the name bound to the longest leading part of `dotted`, and that part; None when there is none."""
        found = [
            (name, path) for name, path in self._imported() if dotted == path or dotted.startswith(f"{path}.")
        ]
        return max(found, key=lambda pair: len(pair[1]), default=None)

    def imports_from(self, module: str) -> bool:
        """Tell whether something of `module` is imported by a name that can be seen from here."""
        return any(path.startswith(f"{module}.") for _, path in self._imported())

    def is_free(self, name: str) -> bool:
        """True when a new import of `name` at the top of the file would be what the node sees under that name."""
        scope, bindings = self.source.names.lookup(name, self.node)
        return scope is None or all(
            isinstance(binding, Imported) and self._only_for_types(binding.node) for binding in bindings
        )

    def _imported(self) -> Iterator[tuple[str, str]]:
        seen: set[str] = set()
        for scope in self.source.names.scopes(self.node):
            for name, bindings in self.source.names.bindings(scope).items():
                if name in seen:
                    continue
                seen.add(name)
                imports = [binding for binding in bindings if isinstance(binding, Imported)]
                paths = {binding.dotted for binding in imports}
                known = len(paths) == 1 and all(self._stands_in(b) for b in bindings if b not in imports)
                if known and any(self._usable(binding.node, scope) for binding in imports):
                    yield name, paths.pop()

    def _usable(self, statement: ast.AST, scope: Scope) -> bool:
        if self._only_for_types(statement):
            return False
        if isinstance(scope, ast.Module) and self._runs_later():
            return True
        direct = isinstance(scope, ast.Module) or self.source.parent(statement) is scope
        return direct and place(statement)[0] < place(self.node)[0]

    def _stands_in(self, binding: Binding) -> bool:
        """What replaces a module that could not be imported."""
        return any(isinstance(above, ast.ExceptHandler) for above in self.source.ancestors(binding.node))

    def _runs_later(self) -> bool:
        """The node is in the body of a function, which runs when the whole module has been read."""
        functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
        return any(isinstance(scope, functions) for scope in self.source.names.scopes(self.node))

    def _only_for_types(self, statement: ast.AST) -> bool:
        for above in self.source.ancestors(statement):
            if isinstance(above, ast.If) and self.source.resolve(above.test) == "typing.TYPE_CHECKING":
                return True
        return False
