"""Local type inference: annotations, constructors, `with ... as`, known return types, literals."""

import ast
from collections.abc import Iterator
from typing import Final

from autonomous.analysis.annotations import annotated
from autonomous.analysis.definitions import Definitions, receiver
from autonomous.analysis.known_types import CANONICAL, RETURNS
from autonomous.analysis.names import Names
from autonomous.analysis.scopes import Assigned, Binding, Defined, Entered, Parameter, Scope
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
_NUMBERS: Final = ("builtins.bool", "builtins.int", "builtins.float", "builtins.complex")


class Types:
    """Infers types of expressions of one file; None stands for unknown, never for the type of None."""

    def __init__(self, names: Names) -> None:
        self._names, self._defined = names, Definitions(names)
        self._known: dict[ast.AST, str | None] = {}
        self._by_name: dict[tuple[Scope | None, str], str | None] = {}
        self._attributes: dict[str, dict[str, str | None]] = {}
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
        return found is not None and CANONICAL.get(target, target) in self._defined.with_bases(found)

    def _infer(self, node: ast.AST) -> str | None:  # noqa: C901, PLR0911 - one flat match
        match node:
            case ast.Constant(value=value):
                return None if value is None or value is ... else f"builtins.{type(value).__name__}"
            case ast.Name():
                return self._named(node)
            case ast.arg():
                return annotated(self._names, node.annotation) or receiver(self._names, node)
            case ast.Call():
                return self._call(node)
            case ast.Attribute():
                return self._attribute(node)
            case ast.Await(value=value) | ast.NamedExpr(value=value):
                return self.type_of(value)
            case ast.IfExp():
                return _only({self.type_of(node.body), self.type_of(node.orelse)})
            case ast.BoolOp():
                return _only({self.type_of(value) for value in node.values})
            case ast.BinOp():
                return _arithmetic(node.op, self.type_of(node.left), self.type_of(node.right))
            case ast.UnaryOp():
                return "builtins.bool" if isinstance(node.op, ast.Not) else self.type_of(node.operand)
            case ast.Compare():
                return "builtins.bool"
            case _:
                return _DISPLAYS.get(type(node))

    def _named(self, node: ast.Name) -> str | None:
        scope, found = self._names.lookup(node.id, node)
        key = (scope, node.id)
        if key not in self._by_name:
            self._by_name[key] = None
            self._by_name[key] = _only({self._bound(binding) for binding in found})
        return self._by_name[key]

    def _bound(self, binding: Binding) -> str | None:  # noqa: PLR0911 - one flat match
        match binding:
            case Assigned(value=value, annotation=annotation):
                return annotated(self._names, annotation) or (self.type_of(value) if value else None)
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

    def _call(self, node: ast.Call) -> str | None:
        for name in self._callees(node.func):
            if name in {"builtins.open", "io.open", "pathlib.Path.open"} and _is_binary(node, name):
                return "io.BufferedReader"
            if name in RETURNS:
                return RETURNS[name]
            if name in self._defined.classes:
                return name
            if name in self._defined.functions:
                return annotated(self._names, self._defined.functions[name].returns)
            if name.rpartition(".")[2][:1].isupper() and not name.startswith("builtins."):
                return CANONICAL.get(name, name)  # by convention (PEP 8) a class, so a constructor
        return None

    def _callees(self, function: ast.expr) -> Iterator[str]:
        for name in self._names.resolve(function):
            yield CANONICAL.get(name, name)
        if isinstance(function, ast.Attribute):
            owner = self.type_of(function.value)
            if owner:
                yield from (f"{each}.{function.attr}" for each in self._defined.with_bases(owner))

    def _attribute(self, node: ast.Attribute) -> str | None:
        """`self.x`: what all assignments to it in its class agree on."""
        owner = self.type_of(node.value)
        if owner in self._defined.classes:
            return self._attributes_of(owner).get(node.attr)
        return owner if (owner, node.attr) == ("pathlib.Path", "parent") else None

    def _attributes_of(self, owner: str) -> dict[str, str | None]:
        if owner not in self._attributes:
            self._attributes[owner] = {}  # one that is made of another of the same object stays unknown
            found: dict[str, set[str | None]] = {}
            for name, value, annotation in _fields(self._defined.classes[owner]):
                kind = annotated(self._names, annotation) or (self.type_of(value) if value else None)
                found.setdefault(name, set()).add(kind)
            self._attributes[owner] = {name: _only(kinds) for name, kinds in found.items()}
        return self._attributes[owner]


def _arithmetic(op: ast.operator, left: str | None, right: str | None) -> str | None:
    if left in {"builtins.str", "builtins.bytes"} and isinstance(op, ast.Mod):
        return left
    if left == "pathlib.Path" and isinstance(op, ast.Div):
        return left
    if left in _NUMBERS and right in _NUMBERS:
        if isinstance(op, ast.Div) and "builtins.complex" not in {left, right}:
            return "builtins.float"
        return max(left, right, "builtins.int", key=_NUMBERS.index)
    return left if left == right and isinstance(op, ast.Add) else None


def _fields(classes: list[ast.ClassDef]) -> Iterator[tuple[str, ast.expr | None, ast.expr | None]]:
    """Assignments to attributes of `self`, and annotations in a class body: name, value, annotation."""
    for owner in classes:
        for node in descendants(owner):
            match node:
                case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"), attr=name)], value=value):
                    yield name, value, None
                case ast.AnnAssign(target=ast.Attribute(value=ast.Name(id="self"), attr=name)):
                    yield name, node.value, node.annotation
        for statement in owner.body:
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                yield statement.target.id, statement.value, statement.annotation


def _only(kinds: set[str | None]) -> str | None:
    return kinds.pop() if len(kinds) == 1 else None


def _is_binary(node: ast.Call, name: str) -> bool:
    position = 0 if name == "pathlib.Path.open" else 1
    modes = [keyword.value for keyword in node.keywords if keyword.arg == "mode"]
    modes += node.args[position : position + 1]
    return any(isinstance(mode, ast.Constant) and "b" in str(mode.value) for mode in modes)
