"""Calls of subprocess with shell=True and a command that is put together at run time."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook import facts
from autonomous.rulebook.hit import Hit

_FUNCTIONS = frozenset(
    f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "Popen")
)


def find(source: Source) -> Iterator[Hit]:
    """Yield the calls whose command is more than literals."""
    if b"subprocess" not in source.data:
        return
    for call in source.nodes(ast.Call):
        if not any(keyword.arg == "shell" and _is_true(keyword.value) for keyword in call.keywords):
            continue
        command = _command(call)
        name = source.resolve(call.func)
        if name in _FUNCTIONS and command is not None and not facts.is_literal(source, command):
            yield Hit(
                node=call,
                at=call,
                held={
                    "FN": name.rpartition(".")[2],
                    "CMD": command,
                    "PARTS": _has_parts(command) if call.args else "",
                },
            )


def _is_true(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is True


def _command(call: ast.Call) -> ast.expr | None:
    """The command; a list is another rule's matter: the shell gets its first element only."""
    if call.args:
        return None if isinstance(call.args[0], ast.Starred | ast.List | ast.ListComp) else call.args[0]
    return next((keyword.value for keyword in call.keywords if keyword.arg == "args"), None)


def _has_parts(command: ast.expr) -> str:
    """Say "yes" where text and values can be told apart: an f-string, or strings that are added."""
    while isinstance(command, ast.BinOp) and isinstance(command.op, ast.Add):
        command = command.left
    literal = isinstance(command, ast.Constant) and isinstance(command.value, str)
    return "yes" if literal or isinstance(command, ast.JoinedStr) else ""
