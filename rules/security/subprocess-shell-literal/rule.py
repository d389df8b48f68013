"""Calls of subprocess with shell=True and a literal command that uses nothing of a shell."""

import ast
import re
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_FUNCTIONS = frozenset(
    f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "Popen")
)
_SHELL_SYNTAX = re.compile(r"[|&;<>()$`\\*?\[\]#~{}\n\r%^]")
_BUILTIN = frozenset(
    {
        "cd",
        "export",
        "exit",
        "source",
        ".",
        "set",
        "unset",
        "alias",
        "ulimit",
        "umask",
        "eval",
        "exec",
        "trap",
        "wait",
        "read",
        "type",
        "command",
        "hash",
        "if",
        "for",
        "while",
        "until",
        "case",
        "function",
        "time",
        "echo",
        "printf",
        "test",
        "[",
        "!",
        "then",
        "do",
        "{",
        "local",
        "declare",
        "return",
        "shift",
        "dir",
        "copy",
        "del",
        "move",
        "ren",
        "cls",
        "start",
        "assoc",
    }
)


def find(source: Source) -> Iterator[Hit]:
    """Yield the calls whose command could be a list as it stands."""
    for call in source.nodes(ast.Call):
        name = source.resolve(call.func)
        if name in _FUNCTIONS and call.args and _plain(call.args[0]) and _through_shell(call):
            yield Hit(node=call, at=call, held={"FN": name.rpartition(".")[2], "CMD": call.args[0]})


def _through_shell(call: ast.Call) -> bool:
    values = {keyword.arg: keyword.value for keyword in call.keywords}
    shell = values.get("shell")
    return isinstance(shell, ast.Constant) and shell.value is True and "executable" not in values


def _plain(command: ast.expr) -> bool:
    if not isinstance(command, ast.Constant) or not isinstance(command.value, str):
        return False
    words = command.value.split()
    quotes = command.value.count("'") % 2 or command.value.count('"') % 2
    return bool(words) and not quotes and not _SHELL_SYNTAX.search(command.value) and _is_program(words[0])


def _is_program(word: str) -> bool:
    return word not in _BUILTIN and "=" not in word
