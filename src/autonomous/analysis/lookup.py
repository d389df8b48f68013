"""Which scope a name belongs to, and what binds it there."""

import ast
from functools import cached_property

from autonomous.analysis.scopes import (
    COMPREHENSIONS,
    SCOPES,
    Assigned,
    Binding,
    Other,
    Scope,
    elsewhere,
    own_bindings,
)
from autonomous.analysis.tree import SyntaxTree


class Lookup:
    """The scopes of one file; each is read when it is first asked about."""

    def __init__(self, tree: SyntaxTree, package: tuple[str, ...]) -> None:
        self.tree, self.package = tree, package
        self._chains: dict[Scope, tuple[Scope, ...]] = {}
        self._bindings: dict[Scope, dict[str, tuple[Binding, ...]]] = {}

    def lookup(self, name: str, at: ast.AST) -> tuple[Scope | None, tuple[Binding, ...]]:
        """Return the scope that binds `name` as seen from the node `at`, with all its bindings there."""
        for scope in self.scopes(at):
            found = self.bindings(scope).get(name)
            if found:
                return scope, found
        return None, ()

    def scopes(self, node: ast.AST) -> tuple[Scope, ...]:
        """Scopes that a name at `node` is looked up in, innermost first; none around the module."""
        parents = self.tree.parents
        child, parent = node, parents.get(node)
        while parent is not None:
            if isinstance(parent, SCOPES) and _belongs(child, parent):
                return self._chain(parent)
            child, parent = parent, parents.get(parent)
        return ()

    def _chain(self, scope: Scope) -> tuple[Scope, ...]:
        """A scope and those around it; the names of a class are seen only from its own body."""
        if scope not in self._chains:
            outer = self.scopes(scope)
            self._chains[scope] = (scope, *(each for each in outer if not isinstance(each, ast.ClassDef)))
        return self._chains[scope]

    def bindings(self, scope: Scope) -> dict[str, tuple[Binding, ...]]:
        """What `scope` binds, without names that it declares `global` or `nonlocal`."""
        if scope not in self._bindings:
            found = {**own_bindings(scope, self.package)}
            for name, more in self._from_afar.get(scope, {}).items():
                found[name] = (*found.get(name, ()), *more)
            for name in self._declared.get(scope, ()):
                found.pop(name, None)
            self._bindings[scope] = found
        return self._bindings[scope]

    @cached_property
    def _declarations(self) -> tuple[ast.Global | ast.Nonlocal, ...]:
        return (*self.tree.nodes(ast.Global), *self.tree.nodes(ast.Nonlocal))

    @cached_property
    def _declared(self) -> dict[Scope, frozenset[str]]:
        """Names that a function declares to belong to a scope around it."""
        found: dict[Scope, frozenset[str]] = {}
        for node in self._declarations:
            owner = self.scopes(node)[0]
            if not isinstance(owner, ast.Module):
                found[owner] = found.get(owner, frozenset()).union(node.names)
        return found

    @cached_property
    def _from_afar(self) -> dict[Scope, dict[str, list[Binding]]]:
        """Bindings that stand in a scope, or an expression in it, but belong to one around it."""
        found: dict[Scope, dict[str, list[Binding]]] = {}
        for name, node in elsewhere(self.tree):
            owner = next(scope for scope in self.scopes(node) if not isinstance(scope, COMPREHENSIONS))
            value = node.value if isinstance(node, ast.NamedExpr) else None
            binding = Assigned(value, None, node) if value else Other(node)
            found.setdefault(owner, {}).setdefault(name, []).append(binding)
        for inner, names in self._declared.items():
            outer = self.scopes(inner)
            bound = own_bindings(inner, self.package)
            for name in names.intersection(bound):
                found.setdefault(self._home(name, outer), {}).setdefault(name, []).extend(bound[name])
        return found

    @staticmethod
    def _home(name: str, outer: tuple[Scope, ...]) -> Scope:
        """The scope that a declared name belongs to: the nearest function that has it, else the module."""
        return next((scope for scope in outer[:-1] if name in own_bindings(scope, ())), outer[-1])


def _belongs(child: ast.AST, scope: ast.AST) -> bool:
    """Decorators, defaults, annotations and bases are evaluated outside the scope that they introduce."""
    match scope:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return isinstance(child, ast.stmt)
        case ast.Lambda():
            return child is scope.body
        case _:
            return True
