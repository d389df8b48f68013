"""What binds a name: assignments, imports, definitions, parameters, scope by scope."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from autonomous.analysis.tree import SyntaxTree

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Comprehension: TypeAlias = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
Scope: TypeAlias = ast.Module | ast.ClassDef | Function | Comprehension

FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS: Final = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
SCOPES: Final = (ast.Module, ast.ClassDef, *FUNCTIONS, *COMPREHENSIONS)


@dataclass(frozen=True, slots=True)
class Imported:
    """`import a.b as name`, `from a import b as name`: the dotted name that is bound."""

    dotted: str
    node: ast.Import | ast.ImportFrom


@dataclass(frozen=True, slots=True)
class Assigned:
    """`name = value`, `name: annotation = value`, `(name := value)`; a bare annotation binds no value."""

    value: ast.expr | None
    annotation: ast.expr | None
    node: ast.AST


@dataclass(frozen=True, slots=True)
class Entered:
    """`with context as name`."""

    context: ast.expr
    node: ast.AST


@dataclass(frozen=True, slots=True)
class Defined:
    """`def name`, `class name`."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a function or lambda; `kind` is "", "*" or "**"."""

    node: ast.arg
    kind: str


@dataclass(frozen=True, slots=True)
class Other:
    """A loop target, an unpacked element, an augmented assignment, `del`, `except ... as`, a capture."""

    node: ast.AST


Binding: TypeAlias = Imported | Assigned | Entered | Defined | Parameter | Other
Found: TypeAlias = tuple[str, Binding]


def own_bindings(scope: Scope, package: tuple[str, ...]) -> dict[str, tuple[Binding, ...]]:
    """Bindings that stand in `scope` itself, in the order of the source; `package` resolves relative imports."""
    found: defaultdict[str, list[Binding]] = defaultdict(list)
    for name, binding in _in_scope(scope, package):
        found[name].append(binding)
    return {name: tuple(bindings) for name, bindings in found.items()}


def _in_scope(scope: Scope, package: tuple[str, ...]) -> Iterator[Found]:
    match scope:
        case ast.Lambda():
            yield from _parameters(scope.args)
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            for generator in scope.generators:
                yield from _targets(generator.target)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield from _parameters(scope.args)
            yield from _in_block(scope.body, package)
        case ast.Module() | ast.ClassDef():
            yield from _in_block(scope.body, package)


def _parameters(args: ast.arguments) -> Iterator[Found]:
    for arg in (*args.posonlyargs, *args.args, *args.kwonlyargs):
        yield arg.arg, Parameter(arg, "")
    if args.vararg:
        yield args.vararg.arg, Parameter(args.vararg, "*")
    if args.kwarg:
        yield args.kwarg.arg, Parameter(args.kwarg, "**")


def _in_block(body: list[ast.stmt], package: tuple[str, ...]) -> Iterator[Found]:
    waiting: list[ast.AST] = []
    waiting += reversed(body)
    while waiting:
        node = waiting.pop()
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name, Defined(node)
                continue
            case ast.Import() | ast.ImportFrom():
                yield from _imports(node, package)
            case ast.ExceptHandler(name=str(name)):
                yield name, Other(node)
            case _:
                yield from _statement(node)
        for field in ("finalbody", "orelse", "handlers", "cases", "body"):
            waiting += reversed(getattr(node, field, ()))


def _statement(node: ast.AST) -> Iterator[Found]:  # noqa: C901 - one flat match
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from _assigned(target, value, node)
        case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
            yield name, Assigned(value, annotation, node)
        case ast.AugAssign(target=ast.Name(id=name)):
            yield name, Other(node)
        case ast.For(target=target) | ast.AsyncFor(target=target):
            yield from _targets(target)
        case ast.With(items=items) | ast.AsyncWith(items=items):
            for item in items:
                if isinstance(item.optional_vars, ast.Name):
                    yield item.optional_vars.id, Entered(item.context_expr, item)
                elif item.optional_vars:
                    yield from _targets(item.optional_vars)
        case ast.Delete(targets=targets):
            for target in targets:
                yield from _targets(target)


def _assigned(target: ast.expr, value: ast.expr, node: ast.AST) -> Iterator[Found]:
    match target, value:
        case ast.Name(id=name), _:
            yield name, Assigned(value, None, node)
        case (
            (ast.Tuple(elts=left) | ast.List(elts=left)),
            (ast.Tuple(elts=right) | ast.List(elts=right)),
        ) if len(left) == len(right) and not any(isinstance(e, ast.Starred) for e in (*left, *right)):
            for one, other in zip(left, right, strict=True):
                yield from _assigned(one, other, node)
        case _:
            yield from _targets(target)


def _targets(target: ast.expr) -> Iterator[Found]:
    waiting = [target]
    while waiting:
        match waiting.pop():
            case ast.Name(id=name) as node:
                yield name, Other(node)
            case ast.Tuple(elts=elements) | ast.List(elts=elements):
                waiting += reversed(elements)
            case ast.Starred(value=value):
                waiting.append(value)


def _imports(node: ast.Import | ast.ImportFrom, package: tuple[str, ...]) -> Iterator[Found]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            first = alias.name.partition(".")[0]
            yield alias.asname or first, Imported(alias.name if alias.asname else first, node)
        return
    base = imported_module(node, package)
    for alias in node.names:
        if alias.name != "*":
            joined = f"{base}{alias.name}" if base.endswith(".") else f"{base}.{alias.name}"
            yield alias.asname or alias.name, Imported(joined, node)


def imported_module(node: ast.ImportFrom, package: tuple[str, ...]) -> str:
    """Return the absolute module of `from ... import`, or with its dots where they leave the known tree."""
    level = node.level or 0
    if not level:
        return node.module or ""
    if level > len(package):
        return "." * level + (node.module or "")
    return ".".join((*package[: len(package) - level + 1], *filter(None, [node.module])))


def elsewhere(tree: SyntaxTree) -> Iterator[tuple[str, ast.AST]]:
    """Names bound inside expressions and patterns: the walrus and the captures of `match`."""
    for walrus in tree.nodes(ast.NamedExpr):
        yield walrus.target.id, walrus
    for capture in tree.nodes(ast.MatchAs, ast.MatchStar):
        if isinstance(capture, ast.MatchAs | ast.MatchStar) and capture.name:
            yield capture.name, capture
    for mapping in tree.nodes(ast.MatchMapping):
        if mapping.rest:
            yield mapping.rest, mapping


def aliased(tree: SyntaxTree) -> Iterator[tuple[str, str]]:
    """Each name that is somewhere assigned a dotted name, with the last part of that."""
    for assign in tree.nodes(ast.Assign):
        for target in assign.targets:
            yield from _aliases(target, assign.value)
    for annotated in tree.nodes(ast.AnnAssign):
        yield from _aliases(annotated.target, annotated.value)
    for walrus in tree.nodes(ast.NamedExpr):
        yield from _aliases(walrus.target, walrus.value)


def _aliases(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, str]]:
    match target, value:
        case ast.Name(id=name), ast.Name(id=last) | ast.Attribute(attr=last):
            yield name, last
        case ast.Tuple(elts=targets) | ast.List(elts=targets), ast.Tuple(elts=values) | ast.List(elts=values):
            for each, other in zip(targets, values, strict=False):
                yield from _aliases(each, other)
