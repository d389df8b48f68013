"""Loops whose body takes elements out of what they iterate."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_TAKING = frozenset({"remove", "pop", "popitem", "discard", "clear"})
_VIEWS = frozenset({"keys", "values", "items"})
_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
_LEAVING = (ast.Return, ast.Break, ast.Raise)


def find(source: Source) -> Iterator[Hit]:
    """Yield the loops; a block that leaves the loop right after the change does no harm."""
    for loop in source.nodes(ast.For):
        owner = _owner(loop.iter)
        if owner is None:
            continue
        wanted = ast.dump(owner)
        change = next(_changes(loop.body, wanted), None)
        if change is not None and not _rebinds(loop.body, owner):
            yield Hit(node=loop.iter, at=change, facts={"OWNER": ast.unparse(owner)})


def _owner(iterated: ast.expr) -> ast.expr | None:
    """`xs`, `self.xs`, and the owner of `xs.items()`."""
    match iterated:
        case ast.Call(func=ast.Attribute(value=value, attr=attr), args=[], keywords=[]) if attr in _VIEWS:
            return value if isinstance(value, (ast.Name, ast.Attribute)) else None
        case ast.Name() | ast.Attribute():
            return iterated
        case _:
            return None


def _changes(block: list[ast.stmt], owner: str) -> Iterator[ast.stmt]:
    """Statements that take an element from `owner` and stay in the loop."""
    for statement in block:
        if isinstance(statement, _INNER) or _expects_error(statement):
            continue
        inner = [
            part for field in ("body", "orelse", "finalbody") if (part := getattr(statement, field, None))
        ]
        handlers = [handler.body for handler in getattr(statement, "handlers", ())]
        cases = [case.body for case in getattr(statement, "cases", ())]
        for part in (*inner, *handlers, *cases):
            yield from () if isinstance(block[-1], _LEAVING) else _changes(part, owner)
        if not isinstance(block[-1], _LEAVING) and _takes(statement, owner):
            yield statement


def _expects_error(statement: ast.stmt) -> bool:
    """`with pytest.raises(...)`: the change is there to fail."""
    if not isinstance(statement, ast.With):
        return False
    names = [
        node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
        for item in statement.items
        for node in ast.walk(item.context_expr)
    ]
    return any("raises" in name.lower() for name in names)


def _takes(statement: ast.stmt, owner: str) -> bool:
    match statement:
        case ast.Expr(value=call) | ast.Assign(value=call):
            match call:
                case ast.Call(func=ast.Attribute(value=value, attr=attr)) if attr in _TAKING:
                    return ast.dump(value) == owner
            return False
        case ast.Delete(targets=targets):
            return any(
                isinstance(target, ast.Subscript) and ast.dump(target.value) == owner for target in targets
            )
        case _:
            return False


def _rebinds(body: list[ast.stmt], owner: ast.expr) -> bool:
    name = owner.id if isinstance(owner, ast.Name) else None
    attr = owner.attr if isinstance(owner, ast.Attribute) else None
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id == name:
                return True
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and node.attr == attr:
                return True
    return False
