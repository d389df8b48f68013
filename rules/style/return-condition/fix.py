"""Return a condition instead of branching on it."""

import libcst as cst
from libcst.metadata import MetadataWrapper

from autonomous.rulebook import edits
from autonomous.rulebook.hit import Hit


def condition(module: MetadataWrapper, target: cst.CSTNode, hit: Hit) -> cst.CSTNode | None:
    """`if c: return True` / `else: return False` -> `return c`, `return bool(c)` or `return not c`."""
    if not isinstance(target, cst.If):
        return None
    inside = [part for part in target.children if part not in target.leading_lines]
    if any(edits.has_comment(part) for part in inside):
        return None
    test = target.test
    if hit.facts["kind"] == "bool":
        test = cst.Call(cst.Name("bool"), [cst.Arg(test.with_changes(lpar=(), rpar=()))])
    elif hit.facts["kind"] == "not":
        test = _negated(test)
    return cst.SimpleStatementLine([cst.Return(test)], leading_lines=target.leading_lines)


def _negated(test: cst.BaseExpression) -> cst.BaseExpression:
    if isinstance(test, cst.UnaryOperation) and isinstance(test.operator, cst.Not):
        return cst.Call(cst.Name("bool"), [cst.Arg(test.expression.with_changes(lpar=(), rpar=()))])
    if isinstance(test, (cst.BooleanOperation, cst.IfExp, cst.Lambda, cst.NamedExpr)) and not test.lpar:
        test = test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    return cst.UnaryOperation(cst.Not(), test)
