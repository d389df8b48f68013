"""Local type inference: annotations, constructors, `with ... as`, known return types, literals."""

import ast
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from autonomous.analysis.known_types import CANONICAL, RETURNS
from autonomous.analysis.names import Names
from autonomous.analysis.scopes import Assigned, Binding, Defined, Entered, Parameter
from autonomous.analysis.tree import descendants

_DEEPEST: Final = 40
_DISPLAYS: Final[dict[type[ast.AST], str]] = {
    ast.List: "builtins.list",
    ast.ListComp: "builtins.list",
    ast.Dict: "builtins.dict",
    ast.DictComp: "builtins.dict",
    ast.Set: "builtins.set",
    ast.SetComp: "builtins.set",
    ast.Tuple: "builtins.tuple",
    ast.JoinedStr: "builtins.str",
    ast.GeneratorExp: "collections.abc.Generator",
    ast.Lambda: "types.FunctionType",
}
_WRAPPERS: Final = frozenset(
    f"{module}.{name}"
    for module in ("typing", "typing_extensions")
    for name in ("Optional", "Annotated", "Final", "ClassVar", "Required", "NotRequired")
)
_NUMBERS: Final = ("builtins.bool", "builtins.int", "builtins.float", "builtins.complex")


class Types:
    """Infers types of expressions of one file; None stands for unknown, never for the type of None."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._known: dict[ast.AST, str | None] = {}
        self._depth = 0

    def type_of(self, node: ast.AST) -> str | None:
        """Dotted type name of an expression or a parameter; a name with several bindings needs one type for all."""
        if node in self._known:
            return self._known[node]
        if self._depth >= _DEEPEST:
            return None
        self._known[node] = None  # what depends on itself is unknown
        self._depth += 1
        found = self._infer(node)
        self._depth -= 1
        self._known[node] = found and CANONICAL.get(found, found)
        return self._known[node]

    def is_a(self, node: ast.AST, wanted: str) -> bool:
        """Tell whether `node` has the type `wanted`, or one that derives from it in this file."""
        found = self.type_of(node)
        target = wanted if "." in wanted else f"builtins.{wanted}"
        return found is not None and CANONICAL.get(target, target) in self._with_bases(found)

    def annotated(self, annotation: ast.expr | None) -> str | None:  # noqa: PLR0911 - one flat match
        """Type that an annotation names: `X`, `"X"`, `X | None`, `Optional[X]`, `Annotated[X, ...]`, `X[...]`."""
        match annotation:
            case ast.Constant(value=str(text)):
                return self._quoted(text, annotation)
            case ast.BinOp(op=ast.BitOr(), left=left, right=ast.Constant(value=None)):
                return self.annotated(left)
            case ast.BinOp(op=ast.BitOr(), left=ast.Constant(value=None), right=right):
                return self.annotated(right)
            case ast.Subscript(value=value, slice=inner):
                outer = self.annotated(value)
                if outer not in _WRAPPERS:
                    return outer
                return self.annotated(inner.elts[0] if isinstance(inner, ast.Tuple) and inner.elts else inner)
            case ast.Name() | ast.Attribute():
                found = next(iter(self._names.resolve(annotation)), None)
                return found and CANONICAL.get(found, found)
            case _:
                return None

    def _quoted(self, text: str, at: ast.expr) -> str | None:
        """A forward reference: only dotted names, which are looked up where they are written."""
        head, _, tail = text.partition("[")[0].strip().partition(".")
        if not head.isidentifier():
            return None
        base = self._names.resolve_at(head, at)
        found = f"{base}.{tail}" if base and tail else base
        return found and CANONICAL.get(found, found)

    def _with_bases(self, name: str) -> Iterator[str]:
        waiting, seen = [name], set()
        while waiting:
            current = waiting.pop()
            if current in seen:
                continue
            seen.add(current)
            yield current
            for node in self._classes.get(current, ()):
                for base in node.bases:
                    plain = base.value if isinstance(base, ast.Subscript) else base
                    waiting += (CANONICAL.get(each, each) for each in self._names.resolve(plain))

    def _infer(self, node: ast.AST) -> str | None:  # noqa: C901, PLR0911 - one flat match
        match node:
            case ast.Constant(value=value):
                return None if value is None or value is ... else f"builtins.{type(value).__name__}"
            case ast.Name():
                _, found = self._names.lookup(node.id, node)
                kinds = {self._bound(binding) for binding in found}
                return kinds.pop() if len(kinds) == 1 else None
            case ast.arg():
                return self.annotated(node.annotation) or self._receiver(node)
            case ast.Call():
                return self._call(node)
            case ast.Attribute():
                return self._attribute(node)
            case ast.Await(value=value) | ast.NamedExpr(value=value):
                return self.type_of(value)
            case ast.IfExp():
                return self._same(node.body, node.orelse)
            case ast.BoolOp():
                return self._same(*node.values)
            case ast.BinOp():
                return self._arithmetic(node)
            case ast.UnaryOp():
                return "builtins.bool" if isinstance(node.op, ast.Not) else self.type_of(node.operand)
            case ast.Compare():
                return "builtins.bool"
            case _:
                return _DISPLAYS.get(type(node))

    def _bound(self, binding: Binding) -> str | None:  # noqa: PLR0911 - one flat match
        match binding:
            case Assigned(value=value, annotation=annotation):
                return self.annotated(annotation) or (self.type_of(value) if value else None)
            case Entered(context=context):
                return self.type_of(context)  # what `__enter__` returns is nearly always the object itself
            case Parameter(node=node, kind=""):
                return self.type_of(node)
            case Parameter(kind=kind):
                return "builtins.tuple" if kind == "*" else "builtins.dict"
            case Defined(node=ast.ClassDef()):
                return "builtins.type"
            case Defined():
                return "types.FunctionType"
            case _:
                return None

    def _receiver(self, node: ast.arg) -> str | None:
        """`self`: the first parameter of a method has the type of its class."""
        parents = self._names.tree.parents
        args = parents.get(node)
        function = parents.get(args) if args else None
        owner = parents.get(function) if function else None
        if not (isinstance(args, ast.arguments) and isinstance(owner, ast.ClassDef)):
            return None
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) or function.decorator_list:
            return None
        first = next(iter((*args.posonlyargs, *args.args)), None)
        return self._names.qualified(owner) if first is node else None

    def _call(self, node: ast.Call) -> str | None:
        for name in self._callees(node.func):
            if name in {"builtins.open", "io.open", "pathlib.Path.open"} and _is_binary(node, name):
                return "io.BufferedReader"
            if name in RETURNS:
                return RETURNS[name]
            if name in self._classes:
                return name
            if name in self._functions:
                return self.annotated(self._functions[name].returns)
            if name.rpartition(".")[2][:1].isupper() and not name.startswith("builtins."):
                return CANONICAL.get(name, name)  # by convention (PEP 8) a class, so a constructor
        return None

    def _callees(self, function: ast.expr) -> Iterator[str]:
        for name in self._names.resolve(function):
            yield CANONICAL.get(name, name)
        if isinstance(function, ast.Attribute):
            owner = self.type_of(function.value)
            if owner:
                yield from (f"{each}.{function.attr}" for each in self._with_bases(owner))

    def _attribute(self, node: ast.Attribute) -> str | None:
        """`self.x`: what all assignments to it in its class agree on."""
        owner = self.type_of(node.value)
        if owner in self._classes:
            kinds = {
                self.annotated(annotation) or (self.type_of(value) if value else None)
                for attribute, value, annotation in self._fields(owner)
                if attribute == node.attr
            }
            return kinds.pop() if len(kinds) == 1 else None
        if owner == "pathlib.Path" and node.attr == "parent":
            return owner
        return None

    def _fields(self, owner: str) -> Iterator[tuple[str, ast.expr | None, ast.expr | None]]:
        for each in self._classes[owner]:
            for node in descendants(each):
                match node:
                    case ast.Assign(
                        targets=[ast.Attribute(value=ast.Name(id="self"), attr=name)], value=value
                    ):
                        yield name, value, None
                    case ast.AnnAssign(
                        target=ast.Attribute(value=ast.Name(id="self"), attr=name) | ast.Name(id=name),
                        annotation=annotation,
                        value=value,
                    ) if isinstance(node.target, ast.Attribute) or node in each.body:
                        yield name, value, annotation

    def _same(self, *parts: ast.expr) -> str | None:
        kinds = {self.type_of(part) for part in parts}
        return kinds.pop() if len(kinds) == 1 else None

    def _arithmetic(self, node: ast.BinOp) -> str | None:
        left, right = self.type_of(node.left), self.type_of(node.right)
        if left in {"builtins.str", "builtins.bytes"} and isinstance(node.op, ast.Mod):
            return left
        if left == "pathlib.Path" and isinstance(node.op, ast.Div):
            return left
        if left in _NUMBERS and right in _NUMBERS:
            if isinstance(node.op, ast.Div) and "builtins.complex" not in {left, right}:
                return "builtins.float"
            return max(left, right, "builtins.int", key=_NUMBERS.index)
        return left if left == right and isinstance(node.op, ast.Add) else None

    @cached_property
    def _classes(self) -> dict[str, list[ast.ClassDef]]:
        found: dict[str, list[ast.ClassDef]] = {}
        for node in self._names.tree.nodes(ast.ClassDef):
            found.setdefault(self._names.qualified(node), []).append(node)
        return found

    @cached_property
    def _functions(self) -> dict[str, ast.FunctionDef]:
        """Plain functions by name; what an `async` one returns is only known once it is awaited."""
        return {self._names.qualified(node): node for node in self._names.tree.nodes(ast.FunctionDef)}


def _is_binary(node: ast.Call, name: str) -> bool:
    position = 0 if name == "pathlib.Path.open" else 1
    modes = [keyword.value for keyword in node.keywords if keyword.arg == "mode"]
    modes += node.args[position : position + 1]
    return any(isinstance(mode, ast.Constant) and "b" in str(mode.value) for mode in modes)
