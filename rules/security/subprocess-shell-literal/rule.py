"""Calls of subprocess with shell=True and a literal command that uses nothing of a shell."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit
from autonomous.rulebook.shells import SHELL_BUILTINS, SHELL_SYNTAX

_FUNCTIONS = frozenset(
    f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "Popen")
)
# Utilities that POSIX demands of every system (IEEE Std 1003.1, Shell and Utilities): starting them cannot fail for want of a program.
_POSIX = frozenset(
    {
        "awk",
        "basename",
        "cat",
        "chmod",
        "chown",
        "cksum",
        "cmp",
        "comm",
        "cp",
        "cut",
        "date",
        "dd",
        "df",
        "diff",
        "dirname",
        "du",
        "env",
        "expr",
        "file",
        "find",
        "getconf",
        "grep",
        "head",
        "id",
        "join",
        "ls",
        "mkdir",
        "mkfifo",
        "mv",
        "nl",
        "od",
        "paste",
        "ps",
        "pr",
        "rm",
        "rmdir",
        "sed",
        "sleep",
        "sort",
        "split",
        "stty",
        "tail",
        "tee",
        "touch",
        "tr",
        "tty",
        "uname",
        "uniq",
        "wc",
        "who",
        "xargs",
    }
)


def find(source: Source) -> Iterator[Hit]:
    """Yield the calls whose command could be a list as it stands."""
    if b"subprocess" not in source.data:
        return
    for call in source.nodes(ast.Call):
        name = source.resolve(call.func)
        if name in _FUNCTIONS and call.args and _plain(call.args[0]) and _through_shell(call):
            yield Hit(
                node=call,
                at=call,
                held={"FN": name.rpartition(".")[2], "CMD": call.args[0], "POSIX": _is_posix(source, call)},
            )


def _through_shell(call: ast.Call) -> bool:
    values = {keyword.arg: keyword.value for keyword in call.keywords}
    shell = values.get("shell")
    return isinstance(shell, ast.Constant) and shell.value is True and "executable" not in values


def _plain(command: ast.expr) -> bool:
    if not isinstance(command, ast.Constant) or not isinstance(command.value, str):
        return False
    words = command.value.split()
    quotes = command.value.count("'") % 2 or command.value.count('"') % 2
    return bool(words) and not quotes and not SHELL_SYNTAX.search(command.value) and _is_program(words[0])


def _is_program(word: str) -> bool:
    return word not in SHELL_BUILTINS and "=" not in word


def _is_posix(source: Source, call: ast.Call) -> str:
    """Say "yes" where the program exists on every POSIX system and the call waits for it in an unchanged environment."""
    command = call.args[0]
    word = str(command.value).split()[0] if isinstance(command, ast.Constant) else ""
    waits = (source.resolve(call.func) or "") != "subprocess.Popen"
    same = not any(keyword.arg in {"env", None} for keyword in call.keywords)
    commented = any("#" in line for line in source.lines[call.lineno - 1 : call.end_lineno])
    return "yes" if word in _POSIX and waits and same and not commented else ""
