"""Turn a literal command into a list of arguments."""

import ast
import shlex

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit

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


def posix_utility(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """The list, where the program exists on every POSIX system and the call waits for it in an unchanged environment."""
    words = _words(hit)
    if hit.held["FN"] == "Popen" or not isinstance(target, cst.Call) or edits.has_comment(target):
        return None
    if words[0] not in _POSIX or edits.keyword(target, "env") is not None:
        return None
    return _listed(target, words)


def any_program(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """The list, whatever the program is."""
    return _listed(target, _words(hit)) if isinstance(target, cst.Call) else None


def _words(hit: Hit) -> list[str]:
    command = hit.held["CMD"]
    assert isinstance(command, ast.Constant)  # noqa: S101 - rule.py yields nothing else
    return shlex.split(str(command.value))


def _listed(call: cst.Call, words: list[str]) -> cst.Call:
    value = cst.List([cst.Element(edits.string(word)) for word in words])
    changed = call.with_changes(args=[call.args[0].with_changes(value=value), *call.args[1:]])
    return edits.without_keyword(changed, "shell")
