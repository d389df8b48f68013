"""Puts a filled template in the place of a match, so that nothing else of the file changes.

Loaded only when something is rewritten: importing it imports LibCST.
"""

import ast
from collections.abc import Sequence

import libcst as cst

from autonomous.analysis.source import Source
from autonomous.rulebook import filling
from autonomous.rulebook.concrete import Concrete, exchanged
from autonomous.rulebook.expected import Unfillable
from autonomous.rulebook.filetext import FileText, indent_unit, statement_lines
from autonomous.rulebook.hit import Hit
from autonomous.rulebook.holdings import Line, bracketed
from autonomous.rulebook.layout import laid_out
from autonomous.rulebook.proof import proved

_UNHOLDABLE = (cst.CSTValidationError, AttributeError, TypeError)


def placed(source: Source, file: FileText, hit: Hit, *, template: str) -> str:
    """Text of the file with the filled template in the place of the hit's node.

    `template` is marked. Raises Unfillable where it can't be filled or put there with its meaning intact.
    """
    tree = concrete(source, file, hit.node)
    node = hit.node
    alone = _is_expression(template)
    if isinstance(node, ast.expr) and alone:
        return _expression(source, tree, hit, template=template)
    if isinstance(node, ast.expr):
        parent = source.parent(node)
        node = parent if isinstance(parent, ast.Expr) else node
    if isinstance(node, ast.stmt):
        return _statements(source, tree, hit, node=node, template=template)
    raise Unfillable(template)


def concrete(source: Source, file: FileText, node: ast.AST) -> Concrete:
    """Parse the top-level statements around a node. Raises Unfillable where LibCST can't read them back."""
    first, last = statement_lines(source.tree, node)
    try:
        tree = Concrete(file, indent=indent_unit(source.tree, file), first=first, last=last)
    except cst.ParserSyntaxError as error:
        raise Unfillable(source.path) from error
    if not tree.faithful:
        raise Unfillable(source.path)
    return tree


def _is_expression(template: str) -> bool:
    body = ast.parse(template).body
    return len(body) == 1 and isinstance(body[0], ast.Expr)


def _expression(source: Source, tree: Concrete, hit: Hit, *, template: str) -> str:
    code, meaning = filling.expression(template, tree, hit.held)
    target = tree.find(hit.node)
    if not isinstance(target, cst.BaseExpression):
        raise Unfillable(template)
    code = laid_out(code, target)
    kept = code.with_changes(lpar=[*target.lpar, *code.lpar], rpar=[*code.rpar, *target.rpar])
    for candidate in (kept, bracketed(kept)):
        try:
            text = exchanged(tree, target, candidate)
        except _UNHOLDABLE:
            continue
        if proved(source, hit.node, text, meaning=[meaning]):
            return text
    raise Unfillable(template)


def _statements(source: Source, tree: Concrete, hit: Hit, *, node: ast.stmt, template: str) -> str:
    code, meaning = filling.statements(template, tree, hit.held)
    target = tree.find(node)
    line = tree.parent(target) if target is not None else None
    try:
        if isinstance(target, cst.BaseCompoundStatement):
            text = _compound(tree, target, code)
        elif isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1:
            text = exchanged(tree, line, cst.FlattenSentinel(_dressed(tree, code, line)))
        elif isinstance(target, cst.BaseSmallStatement):
            text = exchanged(tree, target, cst.FlattenSentinel(_small(code, target)))
        else:
            raise Unfillable(template)
    except _UNHOLDABLE as error:
        raise Unfillable(template) from error
    if not proved(source, node, text, meaning=meaning):
        raise Unfillable(template)
    return text


def _compound(tree: Concrete, target: cst.BaseCompoundStatement, code: Sequence[Line]) -> str:
    if not isinstance(tree.parent(target), cst.IndentedBlock | cst.Module):
        raise Unfillable(type(target).__name__)  # an `elif`: no statement can stand there
    first, *others = code
    first = first.with_changes(leading_lines=[*target.leading_lines, *first.leading_lines])
    if not others and isinstance(target.body, cst.IndentedBlock):
        first = _with_header(tree, first, target.body.header)
    return exchanged(tree, target, cst.FlattenSentinel([first, *others]))


def _dressed(tree: Concrete, code: Sequence[Line], line: cst.SimpleStatementLine) -> list[Line]:
    """Give the new statements the comments before and behind the old line."""
    first, *others = code
    first = first.with_changes(leading_lines=[*line.leading_lines, *first.leading_lines])
    *before, last = first, *others
    if isinstance(last, cst.SimpleStatementLine):
        last = last.with_changes(trailing_whitespace=line.trailing_whitespace)
    else:
        last = _with_header(tree, last, line.trailing_whitespace)
    return [*before, last]


def _with_header(tree: Concrete, statement: Line, header: cst.TrailingWhitespace) -> Line:
    """Give a block the comment behind the old statement's head, unless a block inside took it over already."""
    body = getattr(statement, "body", None)
    if header.comment is None or not isinstance(body, cst.IndentedBlock):
        return statement
    if header.comment.value in tree.module.code_for_node(statement):
        return statement
    return statement.with_changes(body=body.with_changes(header=header))


def _small(code: Sequence[Line], target: cst.BaseSmallStatement) -> list[cst.BaseSmallStatement]:
    """Statements for a line that holds others too, joined by semicolons."""
    small: list[cst.BaseSmallStatement] = []
    for statement in code:
        if not isinstance(statement, cst.SimpleStatementLine):
            raise Unfillable(type(statement).__name__)
        small += statement.body
    between = cst.Semicolon(whitespace_after=cst.SimpleWhitespace(" "))
    return [
        *(part.with_changes(semicolon=between) for part in small[:-1]),
        small[-1].with_changes(semicolon=target.semicolon),
    ]
