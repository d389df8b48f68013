"""Raise the exception instead of the constant."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook.hit import Hit


def the_exception(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`raise NotImplemented` -> `raise NotImplementedError`."""
    statement = target
    while isinstance(statement, cst.SimpleStatementLine) and len(statement.body) == 1:
        statement = statement.body[0]
    if not isinstance(statement, cst.Raise):
        return None
    raised = statement.exc.func if isinstance(statement.exc, cst.Call) else statement.exc
    if not isinstance(raised, cst.Name):
        return None
    return target.with_deep_changes(raised, value="NotImplementedError")
