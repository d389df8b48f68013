"""Compiles the statements of a pattern that have blocks, parameters or parts that may stay unwritten."""

import ast
from typing import Final

from autonomous.rulebook.pattern_build import (
    Building,
    build,
    exact,
    generic,
    is_statement_run,
    items,
    named,
    optional,
)
from autonomous.rulebook.pattern_calls import Parameter, Parameters, slots_of
from autonomous.rulebook.pattern_expressions import arguments
from autonomous.rulebook.pattern_parts import Child, Exact
from autonomous.rulebook.pattern_runs import Among, Block, Run
from autonomous.rulebook.pattern_text import UNWRITTEN, run_in
from autonomous.rulebook.solving import Pattern

_POSITIONAL: Final = frozenset({"positional"})
_EITHER: Final = frozenset({"positional", "keyword"})
_DEFS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)


@build.register
def _function(node: ast.FunctionDef, at: Building) -> Pattern:
    at.word("def")
    return exact(_DEFS, _function_parts(node, at))


@build.register
def _async_function(node: ast.AsyncFunctionDef, at: Building) -> Pattern:
    at.word("async")
    return exact((ast.AsyncFunctionDef,), _function_parts(node, at))


def _function_parts(node: ast.FunctionDef | ast.AsyncFunctionDef, at: Building) -> list[Pattern]:
    return [
        named("name", node.name, at),
        _parameters(node.args, at),
        Block("body", items(node.body, at)),
        *_decorators(node, at),
        *optional("returns", node.returns, at),
    ]


@build.register
def _lambda(node: ast.Lambda, at: Building) -> Pattern:
    at.word("lambda")
    return exact((ast.Lambda,), [_parameters(node.args, at), Child("body", build(node.body, at))])


@build.register
def _class(node: ast.ClassDef, at: Building) -> Pattern:
    at.word("class")
    bases = [arguments("bases", node, at)] if node.bases or node.keywords else []
    body = Block("body", items(node.body, at))
    return exact((ast.ClassDef,), [named("name", node.name, at), *bases, body, *_decorators(node, at)])


def _decorators(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, at: Building) -> list[Pattern]:
    wanted = tuple(build(each, at) for each in node.decorator_list)
    return [Among("decorator_list", wanted)] if wanted else []


def _parameters(args: ast.arguments, at: Building) -> Parameters:
    found: list[Parameter | Run] = []
    for slot in slots_of(args):
        run = run_in(slot.arg.arg)
        if run is not None:
            found.append(at.run(run))
            continue
        kinds = frozenset({slot.kind})
        if slot.kind == "positional":
            kinds = _EITHER if any(isinstance(each, Run) for each in found) else _POSITIONAL
        written = slot.default if not _is_unwritten(slot.default) else None
        annotation = slot.arg.annotation
        found.append(
            Parameter(
                kinds,
                named("arg", slot.arg.arg, at),
                build(annotation, at) if annotation else None,
                build(written, at) if written else None,
            )
        )
    return Parameters(tuple(found))


@build.register
def _if(node: ast.If, at: Building) -> Pattern:
    return _compound(node, at, ("orelse",))


@build.register
def _while(node: ast.While, at: Building) -> Pattern:
    return _compound(node, at, ("orelse",))


@build.register
def _for(node: ast.For, at: Building) -> Pattern:
    return _either(_compound(node, at, ("orelse",)), ast.AsyncFor)


@build.register
def _async_for(node: ast.AsyncFor, at: Building) -> Pattern:
    return _compound(node, at, ("orelse",))


@build.register
def _with(node: ast.With, at: Building) -> Pattern:
    return _either(_with_items(node, at), ast.AsyncWith)


@build.register
def _async_with(node: ast.AsyncWith, at: Building) -> Pattern:
    return _with_items(node, at)


def _with_items(node: ast.With | ast.AsyncWith, at: Building) -> Exact:
    if not _is_loose(node.body):
        return generic(node, at)
    wanted = tuple(
        exact((ast.withitem,), [
            Child("context_expr", build(item.context_expr, at)),
            *optional("optional_vars", item.optional_vars, at),
        ])
        for item in node.items
    )  # fmt: skip
    return generic(node, at, but=("items", "body"), more=[Among("items", wanted)])


@build.register
def _try(node: ast.Try, at: Building) -> Pattern:
    if not node.handlers and _is_unwritten_block(node.finalbody):
        node.finalbody = []
    if not _is_loose(node.body):
        return generic(node, at)
    handlers = Among("handlers", tuple(build(each, at) for each in node.handlers))
    left_out = ("body", "handlers", *(name for name in ("orelse", "finalbody") if not getattr(node, name)))
    return generic(node, at, but=left_out, more=[handlers])


@build.register
def _handler(node: ast.ExceptHandler, at: Building) -> Pattern:
    unnamed = ("name",) if node.name is None else ()
    return generic(node, at, but=unnamed)


def _compound(node: ast.stmt, at: Building, clauses: tuple[str, ...]) -> Exact:
    """A body of `...` alone says nothing about clauses that are not written; any other body, that there are none."""
    if not _is_loose(getattr(node, "body", [])):
        return generic(node, at)
    return generic(node, at, but=("body", *(name for name in clauses if not getattr(node, name))))


def _either(pattern: Exact, other: type[ast.AST]) -> Exact:
    return Exact((*pattern.kinds, other), pattern.parts)


def _is_loose(body: list[ast.stmt]) -> bool:
    return len(body) == 1 and is_statement_run(body[0])


def _is_unwritten(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Name) and node.id == UNWRITTEN


def _is_unwritten_block(body: list[ast.stmt]) -> bool:
    match body:
        case [ast.Expr(value=value)]:
            return _is_unwritten(value)
        case _:
            return False
