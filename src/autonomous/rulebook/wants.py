"""What a fix asks to be imported, and under which names the file gets or already has it."""

import ast
import builtins
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from autonomous.rulebook.bound import Surroundings
from autonomous.rulebook.expected import Unfillable
from autonomous.rulebook.filetext import FileText
from autonomous.rulebook.parsing import parse
from autonomous.rulebook.template import hole_name, run_name

_BUILTINS = frozenset(dir(builtins))


@dataclass(frozen=True, slots=True)
class Want:
    """One import: `import module`, or `from module import name`, either with `as alias`."""

    module: str
    name: str = ""
    alias: str = ""

    @classmethod
    def parse(cls, text: str) -> "Want":
        """Read "shlex", "pathlib.Path" (a name of a module), "numpy as np" or "os.path as p"."""
        dotted, _, alias = (part.strip() for part in text.partition(" as "))
        module, _, name = dotted.rpartition(".")
        return cls(module, name, alias) if module else cls(name, alias=alias)

    @property
    def dotted(self) -> str:
        """The full name of what is imported."""
        return f"{self.module}.{self.name}" if self.name else self.module

    @property
    def bound(self) -> str:
        """The name that the statement binds."""
        return self.alias or self.name or self.module

    @property
    def statement(self) -> str:
        """The import as a line of Python, without its end."""
        return f"from {self.module} import {self.clause}" if self.name else f"import {self.clause}"

    @property
    def clause(self) -> str:
        """What stands behind `import`."""
        target = self.name or self.module
        return f"{target} as {self.alias}" if self.alias not in {"", target} else target


@dataclass(frozen=True, slots=True)
class Named:
    """A template whose names are those of the file, and the imports that they need."""

    template: str
    wants: tuple[Want, ...]


def named(template: str, around: Surroundings, *, wants: Sequence[Want], own: Collection[str] = ()) -> Named:
    """Spell the dotted names of a marked template as the file does; `own` are names that came from the match.

    `subprocess.run` becomes `sp.run` or `r` where the file says `import subprocess as sp` or `from subprocess
    import run as r`. Raises Unfillable where every name for an import is taken by something else.
    """
    handler = "try:\n    pass\n" if template.startswith("except") else ""
    template = handler + template
    text = FileText(template)
    tree = parse(template)
    local = {*own, *_bound_in(tree)}
    new: dict[str, Want] = {}
    spelled: list[tuple[int, int, str]] = []
    for node, root, rest in _chains(tree):
        if root in local or hole_name(root) is not None or run_name(root) is not None:
            continue
        want = next((want for want in wants if want.bound == root), None)
        if want is not None or _is_module(root, rest, around):
            spelled.append((*text.span(node), _known_or_new(want, root, rest, around, new=new)))
    for start, end, words in sorted(spelled, reverse=True):
        template = template[:start] + words + template[end:]
    return Named(template.removeprefix(handler), tuple(new.values()))


def _is_module(root: str, rest: Sequence[str], around: Surroundings) -> bool:
    """Tell whether a name that the fix does not import is a module all the same, one that the file uses."""
    if root in _BUILTINS:
        return False
    return around.name_for(".".join((root, *rest))) is not None or around.imports_from(root)


def _known_or_new(
    want: Want | None, root: str, rest: Sequence[str], around: Surroundings, *, new: dict[str, Want]
) -> str:
    """A file that says `from module import name` gets one more name of that module; all others get the module."""
    module = want or Want(root)
    plain = not module.name and not module.alias and around.name_for(root) is None
    if plain and around.imports_from(root) and len(rest) == 1 and rest[0] not in _BUILTINS:
        single = Want(root, rest[0])
        if around.is_free(single.bound):
            return spelling(single, (), around, new=new)
    return spelling(module, rest, around, new=new)


def spelling(want: Want, rest: Sequence[str], around: Surroundings, *, new: dict[str, Want]) -> str:
    """Write `want` and the attributes `rest` as the file would; an import that this needs is added to `new`.

    Raises Unfillable where every name for it is taken by something else.
    """
    dotted = ".".join((want.dotted, *rest))
    known = around.name_for(dotted)
    if known is not None:
        name, path = known
        return name + dotted[len(path) :]
    if want.bound not in new:
        new[want.bound] = free(want, around)
    return ".".join((new[want.bound].bound, *rest))


def free(want: Want, around: Surroundings) -> Want:
    """Return the import under a name that nothing else has. Raises Unfillable when all are taken."""
    for alias in (want.alias, f"_{want.bound}"):
        candidate = replace(want, alias=alias)
        if around.is_free(candidate.bound):
            return candidate
    raise Unfillable(want.statement)


def _chains(tree: ast.AST) -> list[tuple[ast.expr, str, list[str]]]:
    """Every dotted name that is read, whole: its node, its first name and the others."""
    found: list[tuple[ast.expr, str, list[str]]] = []
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        parts: list[str] = []
        root = node
        while isinstance(root, ast.Attribute):
            parts.append(root.attr)
            root = root.value
        if isinstance(root, ast.Name):
            if isinstance(node, ast.expr):
                found.append((node, root.id, parts[::-1]))
        else:
            waiting.extend(ast.iter_child_nodes(node))
    return found


def _bound_in(tree: ast.AST) -> set[str]:
    bound: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
                bound.add(name)
            case (
                ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.ClassDef(name=name)
                | ast.ExceptHandler(name=str(name))
            ):
                bound.add(name)
            case ast.alias(name=name, asname=asname):
                bound.add(asname or name.partition(".")[0])
    return bound
