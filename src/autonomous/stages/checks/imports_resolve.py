"""Every import that the change adds can be found: standard library, project, or a declared dependency."""

import ast
import sys
from collections.abc import Iterator
from importlib.machinery import PathFinder
from importlib.util import find_spec
from pathlib import PurePosixPath

import msgspec

from autonomous.model.check import Check
from autonomous.model.proposal import Proposal
from autonomous.ports import Ports
from autonomous.stages.checks.declared import declares
from autonomous.stages.checks.reading import Reading
from autonomous.stages.checks.verdict import passed, python_edits, vetoed, warned

NAME = "imports-resolve"


class Import(msgspec.Struct, frozen=True, order=True):
    """One imported name: `module` is absolute or, with `level` dots, relative; `name` is what `from` takes."""

    module: str
    name: str = ""
    level: int = 0

    @property
    def written(self) -> str:
        """The import as it stands in the source."""
        where = "." * self.level + self.module
        return f"from {where} import {self.name}" if self.name else f"import {where}"


def imports_resolve(proposal: Proposal, ports: Ports, reading: Reading) -> Check:
    """Veto an import of nothing; warn of one that works here but is no declared dependency."""
    made = frozenset(edit.path for edit in proposal.change.edits if edit.after is not None)
    undeclared = ""
    for edit in python_edits(proposal):
        old = set(_imports(reading.source(edit.path, edit.before).tree)) if edit.before is not None else set()
        new = set(_imports(reading.source(edit.path, edit.after).tree)) if edit.after is not None else set()
        project = _Project(edit.path, ports, made)
        used = {one.module for one in old if not one.level}
        for wanted in sorted(new - old):
            top = wanted.module.partition(".")[0]
            if project.has(wanted) or (wanted.module in used and not wanted.level):
                continue
            if wanted.level or project.has_top(top):
                return vetoed(NAME, f"`{wanted.written}`: the project has no such module")
            if top in sys.stdlib_module_names:
                if not _in_library(wanted.module):
                    return vetoed(NAME, f"`{wanted.written}`: the standard library has no such module")
            elif declares(ports.files, wanted.module):
                continue
            elif not _importable(top):
                return vetoed(NAME, f"`{wanted.written}`: add {top} to the project's dependencies first")
            else:
                undeclared = top
    if undeclared:
        return warned(NAME, f"{undeclared} can be imported here, but the project does not declare it")
    return passed(NAME, "every new import can be found")


def _imports(tree: ast.Module) -> Iterator[Import]:
    """Yield imports that must work; those under `except ImportError` may fail."""
    optional = {
        id(node)
        for attempt in ast.walk(tree)
        if isinstance(attempt, ast.Try)
        and any(_catches_import_error(handler) for handler in attempt.handlers)
        for stmt in attempt.body
        for node in ast.walk(stmt)
    }
    for node in ast.walk(tree):
        if id(node) in optional:
            continue
        if isinstance(node, ast.Import):
            yield from (Import(alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (Import(node.module or "", alias.name, node.level) for alias in node.names)


def _catches_import_error(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    return not names.isdisjoint({"ImportError", "ModuleNotFoundError"})


class _Project:
    """The modules of the tree, as the file at `path` can import them."""

    def __init__(self, path: str, ports: Ports, made: frozenset[str]) -> None:
        self._files, self._made = ports.files, made
        self._here = PurePosixPath(path).parent
        self._roots = dict.fromkeys(map(PurePosixPath, (".", "src", "lib", *map(str, self._here.parents))))

    def has(self, wanted: Import) -> bool:
        parts = tuple(wanted.module.split(".")) if wanted.module else ()
        if wanted.level:
            up = (self._here, *self._here.parents)
            if wanted.level > len(up):
                return False
            root = up[wanted.level - 1]
            return (
                self._module(root, (*parts, wanted.name))
                or self._module(root, parts)
                or self._package(root.joinpath(*parts))
            )
        whole = (*parts, wanted.name) if wanted.name else parts
        return any(
            self._module(root, parts) or self._module(root, whole) for root in (*self._roots, self._here)
        )

    def has_top(self, name: str) -> bool:
        return any(self._module(root, (name,)) for root in self._roots)

    def _module(self, root: PurePosixPath, parts: tuple[str, ...]) -> bool:
        where = root.joinpath(*parts)
        files = (where.parent / f"{where.name}.py", where.parent / f"{where.name}.pyi")
        return bool(parts) and (any(self._file(file) for file in files) or self._package(where))

    def _package(self, where: PurePosixPath) -> bool:
        return self._file(where / "__init__.py") or self._file(where / "__init__.pyi")

    def _file(self, path: PurePosixPath) -> bool:
        return str(path) in self._made or self._files.exists(str(path))


def _in_library(module: str) -> bool:
    """Look for a module below a package of the standard library without importing the package."""
    if module in sys.modules:
        return True
    top, *rest = module.split(".")
    spec = find_spec(top)
    for depth in range(1, len(rest) + 1):
        if spec is None or spec.submodule_search_locations is None:
            return False
        spec = PathFinder.find_spec(".".join((top, *rest[:depth])), spec.submodule_search_locations)
    return spec is not None


def _importable(top: str) -> bool:
    try:
        return find_spec(top) is not None
    except (ImportError, ValueError):
        return False
