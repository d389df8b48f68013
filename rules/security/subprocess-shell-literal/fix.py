"""Turn a literal command into a list of arguments."""

import ast
import shlex

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def as_list(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`run("ls -l", shell=True)` -> `run(["ls", "-l"])`."""
    return _listed(target, _words(hit)) if isinstance(target, cst.Call) else None


def _words(hit: Hit) -> list[str]:
    command = hit.held["CMD"]
    assert isinstance(command, ast.Constant)  # noqa: S101 - rule.py yields nothing else
    return shlex.split(str(command.value))


def _listed(call: cst.Call, words: list[str]) -> cst.Call | None:
    value = cst.List([cst.Element(edits.string(word)) for word in words])
    changed = call.with_changes(args=[call.args[0].with_changes(value=value), *call.args[1:]])
    return edits.without_keyword(changed, "shell")
