"""Calls of subprocess with a list of several elements and shell=True."""

import ast
from collections.abc import Iterator

from autonomous.analysis.source import Source
from autonomous.rulebook.hit import Hit

_FUNCTIONS = frozenset(
    f"subprocess.{name}" for name in ("run", "call", "check_call", "check_output", "Popen")
)
_SHELLS = frozenset({"sh", "bash", "/bin/sh", "/bin/bash", "cmd", "cmd.exe", "powershell", "powershell.exe"})


def find(source: Source) -> Iterator[Hit]:
    """Yield the calls."""
    if b"subprocess" not in source.data:
        return
    for call in source.nodes(ast.Call):
        match call:
            case ast.Call(args=[ast.List(elts=[first, _, *_]), *_], keywords=keywords) if (
                any(_is_shell(keyword) for keyword in keywords)
                and source.resolve(call.func) in _FUNCTIONS
                and not (isinstance(first, ast.Constant) and first.value in _SHELLS)
            ):
                yield Hit(node=call, at=call)


def _is_shell(keyword: ast.keyword) -> bool:
    return keyword.arg == "shell" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True
