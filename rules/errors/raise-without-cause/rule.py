"""New exceptions raised inside a handler without naming a cause."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook import facts
from autonomous.rulebook.hit import Hit

_BARRIERS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.Try, ast.TryStar)
_USUAL = ("err", "error", "exc", "cause")
_QUIET = frozenset({"SystemExit", "Exit", "Abort"})  # they end the program without a traceback


def find(source: Source) -> Iterator[Hit]:
    """Yield the first such raise of each handler; the handler is what a fix has to name."""
    for handler in source.nodes(ast.ExceptHandler):
        every = sorted((one for one in ast.walk(handler) if isinstance(one, ast.Raise)), key=_place)
        for statement in _raises(handler.body):
            if _is_new(statement.exc, handler.name) and statement.cause is None:
                held = {"TYPED": "yes" if handler.type is not None else ""}
                said = {
                    "index": str(every.index(statement)),
                    "name": handler.name or _free_name(source, handler),
                }
                yield Hit(node=handler, at=statement, held=held, facts=said)


def _place(statement: ast.Raise) -> tuple[int, int]:
    return statement.lineno, statement.col_offset


def _free_name(source: Source, handler: ast.ExceptHandler) -> str:
    """A usual name that nothing else in the function needs: at its end the handler deletes the name that it binds."""
    scope = facts.function_around(source, handler) or source.tree
    taken = {argument.arg for argument in ast.walk(scope) if isinstance(argument, ast.arg)}
    for node in ast.walk(scope):
        if isinstance(node, ast.Name) and node.id in _USUAL and not _is_caught(source, node):
            taken.add(node.id)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            taken.update(node.names)
    return next((name for name in _USUAL if name not in taken), "caught_error")


def _is_caught(source: Source, name: ast.Name) -> bool:
    """The name of a handler around it: another handler may use it as well."""
    return any(
        isinstance(node, ast.ExceptHandler) and node.name == name.id for node in source.ancestors(name)
    )


def _raises(body: list[ast.stmt]) -> Iterator[ast.Raise]:
    """The raise statements that belong to this handler and no inner function or try."""
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.Raise):
            yield node
        elif not isinstance(node, _BARRIERS):
            waiting[:0] = [
                child for child in ast.iter_child_nodes(node) if isinstance(child, (ast.stmt, ast.match_case))
            ]


def _is_new(raised: ast.expr | None, name: str | None) -> bool:
    """A call of a class: a variable that was caught or made before carries its own history."""
    if not isinstance(raised, ast.Call):
        return False
    if isinstance(raised.func, ast.Attribute) and raised.func.attr == "with_traceback":
        return False
    if isinstance(raised.func, ast.Call):
        return False
    last = raised.func.attr if isinstance(raised.func, ast.Attribute) else getattr(raised.func, "id", "")
    return last not in {name, *_QUIET} and last.lstrip("_")[:1].isupper()
