"""New exceptions raised inside a handler without naming a cause."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_BARRIERS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef, ast.Try, ast.TryStar)


def find(source: Source) -> Iterator[Hit]:
    """Yield the first such raise of each handler; the handler is what a fix has to name."""
    for handler in source.nodes(ast.ExceptHandler):
        for statement in _raises(handler.body):
            if _is_new(statement.exc, handler.name) and statement.cause is None:
                held = {"TYPED": "yes" if handler.type is not None else ""}
                yield Hit(node=handler, at=statement, held=held, facts={"line": str(statement.lineno)})


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
    return last != name and last.lstrip("_")[:1].isupper()
